/** What we checked: one row for each check. */

import { h, say } from "../dom";
import { mark, type Scene } from "./scene";

export function checks({ told, words }: Scene): HTMLElement {
  const rows = () => told.rows.map((row) => {
    const how = [
      row.when && h("span", null, words.text("ui.asOf", { time: row.when })),
      row.host && h("span", null, say(words.say("ui.from", { host: row.host }))),
    ].filter(Boolean);
    return h("li", { part: "check", class: row.status },
      mark(row, words),
      h("span", null, say(row.sentence), how.length > 0 && h("span", { class: "how" }, how)));
  });
  return h("ul", { class: "checks" }, rows());
}
