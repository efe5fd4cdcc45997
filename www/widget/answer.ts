/** What a host page answered to a need, as the core takes it. */

import type { CoreAnswer } from "./core";
import type { NeedAnswer } from "./events";
import type { Need } from "./report";

export async function answerOf(given: Promise<NeedAnswer>, need: Need): Promise<CoreAnswer> {
  try {
    const answer = await given;
    if (answer instanceof Uint8Array || !(answer instanceof Response)) return answer;
    if (answer.status === 404) return { failure: "not-found" };
    if (answer.status === 410) return { failure: "gone" };
    if (!answer.ok) return { failure: "server-error" };
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return bytes.length > need.maxBytes ? { failure: "too-large" } : bytes;
  } catch {
    return { failure: "blocked-by-browser" };
  }
}
