/** A report: the verdict, then the card, then the folds. */

import { bdi, h, type Child } from "../dom";
import { explainIn } from "../told";
import type { Report } from "../report";
import { about } from "./about";
import { actions } from "./actions";
import { checks } from "./checks";
import { claims, facts, titleOf } from "./facts";
import { fold, type Scene } from "./scene";
import { technical } from "./technical";
import { toneIcon, verdict } from "./verdict";

/** The whole result. `id` goes to the headline. */
export function reportView(scene: Scene, id: string): Child[] {
  return [
    verdict(scene, id),
    h("div", { class: "body" }, body(scene), actions(scene.actions, scene.words)),
  ];
}

function body(scene: Scene): Child[] {
  const { report, words } = scene;
  const view = report.claimed;
  return [
    report.attested && facts(scene, report.attested),
    view && fold(scene, "claimed", "claims", words.text("ui.claimed"), () => claims(scene, view)),
    report.items.map((item, at) => itemView(scene, item, at)),
    checks(scene),
    report.attested && about(scene, report.attested),
    technical(scene),
  ];
}

/** One of several credentials: its own verdict in a line, its own card below. */
function itemView(parent: Scene, report: Report, at: number): HTMLElement {
  const told = explainIn(report, parent.words);
  const scene: Scene = {
    ...parent, report, told, path: `${parent.path}/${at}`, actions: { ...parent.actions, compare: null },
  };
  const view = report.attested;
  const summary = h("span", { class: "line" },
    h("span", { class: "icon" }, toneIcon(told.tone)),
    h("span", null, h("b", null, told.word), view && [" \u00b7 ", bdi(titleOf(scene, view))]));
  const item = fold(scene, "item", "item", summary, () => [
    verdict(scene, `headline${scene.path.replaceAll("/", "-")}`),
    h("div", { class: "body" }, body(scene)),
  ]);
  item.className = `item tone-${told.tone}`;
  return item;
}
