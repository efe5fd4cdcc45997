/** A report: the verdict, then the card, then the folds. */

import { append, bdi, h, type Child } from "../dom";
import { explainIn, inLanguage } from "../told";
import type { Report } from "../report";
import { clean } from "../text";
import { actions } from "./actions";
import { claims, facts, titleOf } from "./facts";
import { fold, type Scene } from "./scene";
import { toneIcon, verdict } from "./verdict";

/** The whole result. `id` goes to the headline. */
export function reportView(scene: Scene, id: string): Child[] {
  return [
    verdict(scene, id),
    h("div", { class: "body" }, body(scene), actions(scene.actions, scene.words)),
  ];
}

function body(scene: Scene): Child[] {
  const { report, told, words } = scene;
  const attested = inLanguage(report.attested, words);
  const view = inLanguage(report.claimed, words);
  // They are at hand before a reader can open one, also where the network goes away meanwhile.
  void Promise.resolve(fetchFolds()).catch(() => undefined);
  const later = (key: string, part: string, summary: string, show: (folds: Folds) => Child) => fold(scene, key, part, summary, () => {
    const loaded = fetchFolds();
    return loaded instanceof Promise ? loaded.then(show) : show(loaded);
  });
  return [
    attested && facts(scene, attested),
    report.headline === "hosted-only" && after("address", (folds) => folds.address(scene)),
    attested && report.endorsements.length > 0 && after("endorsements", (folds) => folds.endorsements(scene)),
    view && fold(scene, "claimed", "claims", words.text("ui.claimed"), () => claims(scene, view)),
    contents(scene, report.items.map((item, at) => itemView(scene, item, at))),
    told.rows.length > 0
      && later("checks", "checks", words.text("ui.what", { count: String(told.rows.length) }), (folds) => folds.checks(scene)),
    attested && later("about", "details", words.text("ui.about"), (folds) => folds.about(attested, words)),
    later("technical", "details", words.text("ui.technical"), (folds) => folds.technical(scene)),
  ];
}

/** The credentials inside; those of a record as it says that they belong together. */
function contents(scene: Scene, items: HTMLElement[]): Child {
  const record = scene.report.attested?.record;
  return record ? after("record", (folds) => folds.record(scene, record, items), items) : items;
}

/** What comes with the folds, for which no answer waits; `otherwise` where they cannot be had. */
function after(part: string, show: (folds: Folds) => Child, otherwise?: Child): HTMLElement {
  const place = h("div", { part, class: part });
  const loaded = fetchFolds();
  if (loaded instanceof Promise) loaded.then(show, () => otherwise).then((child) => append(place, [child]));
  else append(place, [show(loaded)]);
  return place;
}

type Folds = typeof import("./folds");
let folds: Folds | Promise<Folds> | null = null;

/** The contents of the folds, fetched now if they were not before; a fetch that failed is tried again. */
function fetchFolds(): Folds | Promise<Folds> {
  return folds ??= import("./folds").then((loaded) => folds = loaded, (error: unknown) => {
    folds = null;
    throw error;
  });
}

/** One of several credentials: its own verdict in a line, its own card below. */
function itemView(parent: Scene, report: Report, at: number): HTMLElement {
  const told = explainIn(report, parent.words);
  const scene: Scene = {
    ...parent, report, told, path: `${parent.path}/${at}`, actions: { ...parent.actions, compare: null },
  };
  const view = inLanguage(report.attested, scene.words);
  const summary = h("span", { class: "line" },
    h("span", { class: "icon" }, toneIcon(told.tone)),
    h("span", null,
      h("b", null, told.word), view && [" \u00b7 ", bdi(titleOf(scene, view))],
      report.format.file && h("span", { class: "file hint" }, bdi(clean(report.format.file)))));
  const item = fold(scene, "item", "item", summary, () => [
    verdict(scene, `headline${scene.path.replaceAll("/", "-")}`),
    h("div", { class: "body" }, body(scene)),
  ]);
  item.className = `item tone-${told.tone}`;
  return item;
}
