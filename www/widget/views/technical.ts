/** Technical details: identifiers, codes, documents, and the whole report. */

import { bdi, h, type Child } from "../dom";
import { clean, escaped } from "../text";
import { terms, type Scene } from "./scene";
import { vocabulary } from "./vocabulary";

const code = (text: string | null | undefined, max = 2_048): Child => text && bdi(clean(text, max), { class: "code" });

export function technical(scene: Scene): Child {
  const { report, words } = scene;
  const view = report.attested ?? report.claimed;
  const labels = vocabulary(words);
  const label = (key: string) => labels.text(`technical.${key}`);
  const { format, engine } = report;
  return [
    terms(null,
      [label("at"), code(report.at)],
      [label("container"), code(format.container)],
      [words.text("ui.fileName"), code(format.file)],
      [label("family"), code(format.family)],
      [label("model"), code(format.dataModel)],
      [label("securing"), code(format.securing)],
      [label("sha256"), code(format.sha256)],
      [label("issuer"), code(report.issuer?.id ?? view?.issuer.id)],
      [label("subject"), code(view?.subject.id)],
      [label("id"), code(view?.id)],
      [label("types"), code(view?.types.join(", "))],
      [label("engine"), code(`${engine.name} ${engine.version}`)]),
    report.checks.length > 0 && table(label("check"),
      [label("check"), label("outcome"), label("reason")],
      report.checks.map((c) => [c.id, c.status, [c.reason, c.problem].filter(Boolean).join(" \u00b7 ")])),
    h("h3", null, label("documents")),
    report.evidence.length === 0
      ? h("p", null, label("none"))
      : table(label("documents"), [label("document"), label("vouched"), label("sha256")],
        report.evidence.map((e) => [`${e.kind} ${e.url}`, label(`vouched.${e.vouched}`), e.sha256 ?? e.failure ?? ""])),
    h("details", null, h("summary", null, label("json")), json(report, label("json"))),
  ];
}

function table(label: string, head: string[], rows: string[][]): HTMLElement {
  return h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": label },
    h("table", null,
      h("thead", null, h("tr", null, head.map((text) => h("th", { scope: "col" }, text)))),
      h("tbody", null, rows.map((cells) => h("tr", null, cells.map((cell) => h("td", null, code(cell))))))));
}

function json(report: unknown, label: string): HTMLElement {
  return h("pre", { class: "scroll", tabindex: "0", role: "group", "aria-label": label }, escaped(JSON.stringify(report, null, 1)));
}
