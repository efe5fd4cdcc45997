/** What we checked: one row for each check. */

import { h, say } from "../dom";
import { fold, mark, type Scene } from "./scene";

export function checks(scene: Scene): HTMLElement | null {
  const { told, words } = scene;
  if (told.rows.length === 0) return null;
  const rows = () => told.rows.map((row) => {
    const how = [
      row.when && h("span", null, words.text("ui.asOf", { time: row.when })),
      row.host && h("span", null, say(words.say("ui.from", { host: row.host }))),
    ].filter(Boolean);
    return h("li", { part: "check", class: row.status },
      mark(row, words),
      h("span", null, say(row.sentence), how.length > 0 && h("span", { class: "how" }, how)));
  });
  return fold(scene, "checks", "checks", words.text("ui.what", { count: String(told.rows.length) }), () =>
    h("ul", { class: "checks" }, rows()));
}
