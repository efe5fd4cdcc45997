/** What a record holds: its credentials, each below what it is a part of, and what else the publisher says of them. */

import { bdi, h, say, type Child } from "../dom";
import type { Association, RecordView } from "../report";
import { clean } from "../text";
import { inLanguage } from "../told";
import type { Scene } from "./scene";
import { vocabulary } from "./vocabulary";

/** Associations in which the target is the whole, and the one in which the source is. */
const PART_OF: readonly string[] = ["isChildOf", "isPartOf"];
const WHOLE_OF = "isParentOf";

/** `items` are the report's, in its order. */
export function record(scene: Scene, view: RecordView, items: readonly HTMLElement[]): Child {
  const { report, words } = scene;
  const labels = vocabulary(words);
  // What one credential or achievement is called by: only what is proven has a name or a place here.
  const ids = report.items.map(({ attested }) => [attested?.achievement?.id, attested?.id].filter(Boolean));
  const at = (id: string) => ids.findIndex((known) => known.includes(id));
  const whole = new Map<number, number>();
  const rest = view.associations.filter((link) => {
    const pair = PART_OF.includes(link.kind) ? [link.source, link.target] : link.kind === WHOLE_OF ? [link.target, link.source] : [];
    const [part, into] = pair.map(at) as [number?, number?];
    if (part === undefined || into === undefined || part < 0 || into < 0 || whole.has(part) || isWithin(into, part, whole)) return true;
    whole.set(part, into);
    return false;
  });
  const branch = (index: number): Child => {
    const parts = items.flatMap((_, part) => (whole.get(part) === index ? [part] : []));
    return [items[index], parts.length > 0 && h("div", { class: "parts", role: "group" }, parts.map(branch))];
  };
  const name = (id: string) => {
    const found = inLanguage(report.items[at(id)]?.attested ?? null, words)?.title ?? view.achievements.find((one) => one.id === id)?.name;
    return clean(found ?? labels.text("record.missing"), 100);
  };
  const link = ({ kind, source, target }: Association) => {
    const key = labels.has(`association.${kind}`) ? `association.${kind}` : "association.other";
    return h("li", null, say(labels.say(key, { source: name(source), target: name(target) })));
  };
  const alone = view.achievements.filter((one) => one.name && !(one.id && at(one.id) >= 0));
  return [
    items.map((_, index) => !whole.has(index) && branch(index)),
    rest.length > 0 && [h("h3", null, labels.text("record.links")), h("ul", null, rest.map(link))],
    alone.length > 0 && [
      h("h3", null, labels.text("record.described")),
      h("ul", null, alone.map((one) => h("li", null, bdi(clean(one.name ?? "", 100))))),
    ],
    view.partial && h("p", { class: "how" }, labels.text("record.partial")),
  ];
}

/** Whether `index` is a part of `other`, or that itself. */
function isWithin(index: number, other: number, whole: ReadonlyMap<number, number>): boolean {
  for (let next: number | undefined = index; next !== undefined; next = whole.get(next)) if (next === other) return true;
  return false;
}
