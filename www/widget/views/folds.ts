/** What stands in the folds, and what makes a link. It is fetched once an answer is on screen: no answer waits for it. */

export { toFragment } from "../share";
export { about } from "./about";
export { address } from "./address";
export { checks } from "./checks";
export { endorsements } from "./endorsements";
export { record } from "./record";
export { technical } from "./technical";
