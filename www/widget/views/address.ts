/** The page that alone can show a credential: its host made plain, for that is what the reader has to check. */

import { h, say, type Child } from "../dom";
import { safeLink } from "../link";
import type { Scene } from "./scene";

export function address({ report, words }: Scene): Child {
  const link = safeLink(report.args["url"]);
  return link && [
    h("a", { class: "button", href: link.href, target: "_blank", rel: "noopener noreferrer nofollow", referrerpolicy: "no-referrer" },
      // In one piece: a button sets its pieces side by side.
      h("span", null, say(words.say("ui.open", { host: link.host })))),
    h("p", { class: "how" }, h("bdi", null, link.href)),
  ];
}
