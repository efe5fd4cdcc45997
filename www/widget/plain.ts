/** A report as plain text. */

import { safeLink } from "./link";
import { explainIn, inLanguage, issuerOf, personOf } from "./told";
import type { Report, Status } from "./report";
import { clean } from "./text";
import type { Words } from "./words";

const MARKS: Record<Status, string> = {
  passed: "+", warned: "!", failed: "x", unknown: "?", absent: "-", skipped: "-",
};

export function textIn(report: Report, words: Words): string {
  return textOf(report, words).join("\n") + "\n";
}

function textOf(report: Report, words: Words, indent = ""): string[] {
  const told = explainIn(report, words);
  const { file } = report.format;
  const named = file ? [words.text("ui.pair", { name: words.text("ui.fileName"), value: clean(file) })] : [];
  const lines = [...named, `${told.word} \u2014 ${told.headline.text}`];
  for (const phrase of [told.cause, told.sentence, ...told.notes]) if (phrase) lines.push(phrase.text);
  const page = report.headline === "hosted-only" && safeLink(report.args["url"]);
  if (page) lines.push(page.href);
  const view = inLanguage(report.attested, words);
  if (view) {
    const person = personOf(view, report, words);
    const issuer = issuerOf(report, view, words);
    const pair = (key: string, value: string) => words.text("ui.pair", { name: words.text(key), value });
    const about = [issuer.basis?.text, issuer.claimed?.text].filter(Boolean).join("; ");
    lines.push(
      "",
      words.say("ui.quoted", { value: view.title ?? words.text("ui.untitled") }).text,
      report.format.family === "endorsement"
        ? words.say("ui.quoted", { value: view.comment ?? "" }).text
        : `${pair("ui.issuedTo", person.name ?? person.description ?? "")} (${person.words})`,
      pair("ui.issued", view.awarded ?? words.text("ui.noDate")),
      pair("ui.issuer", issuer.name) + (about ? ` (${about})` : ""),
    );
  }
  lines.push("", words.text("ui.checked", { time: told.time }), ...told.rows.map((r) =>
    `[${MARKS[r.status]}] ${r.sentence.text}${r.when ? ` (${words.text("ui.asOf", { time: r.when })})` : ""}`));
  if (report.format.sha256) lines.push("", `SHA-256 ${report.format.sha256}`);
  lines.push(`${report.engine.name} ${report.engine.version}, ${report.at}`);
  const own = lines.map((line) => (line ? indent + line : line));
  const deeper = `${indent}  `;
  const endorsements = report.endorsements.flatMap(({ of, report }) =>
    ["", `${deeper}${words.text(`ui.endorsed.${of}`)}`, ...textOf(report, words, deeper)]);
  return [...own, ...endorsements, ...report.items.flatMap((item) => ["", ...textOf(item, words, deeper)])];
}
