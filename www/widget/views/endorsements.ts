/** What others say of the credential, of what it is for, or of its issuer: each with an answer of its own. */

import { bdi, h, say, type Child } from "../dom";
import { explainIn, inLanguage } from "../told";
import type { Endorsement, Report, View } from "../report";
import { clean } from "../text";
import { checks } from "./checks";
import { dates, issuer } from "./facts";
import { fold, mark, terms, type Scene } from "./scene";
import { technical } from "./technical";
import { verdict } from "./verdict";
import { vocabulary } from "./vocabulary";

export function endorsements(scene: Scene): Child {
  const { report, words } = scene;
  return [
    h("h3", null, words.text("ui.endorsements")),
    h("ul", { class: "checks" }, report.endorsements.map((one, at) => endorsement(scene, one, at))),
    h("p", { class: "how" }, words.text("ui.endorsements.note")),
  ];
}

/** Who endorses what, how that came out, and in which words. */
function endorsement(parent: Scene, { of, report }: Endorsement, at: number): HTMLElement {
  const { words } = parent;
  const scene: Scene = {
    ...parent, report, told: explainIn(report, words), path: `${parent.path}/endorsement-${at}`,
    actions: { ...parent.actions, compare: null },
  };
  const { told } = scene;
  // A word that does not hold is not repeated here: it stands below, as what the file says.
  const holds = report.verdict === "verified" || report.verdict === "unrecognized";
  const comment = holds && report.attested?.comment;
  const weak = holds && told.notes.length > 0;
  const more = fold(scene, "item", "item", words.text("ui.what", { count: String(told.rows.length) }), () => own(scene));
  more.className = `item tone-${told.tone}`;
  return h("li", { part: "endorsement" },
    mark(weak ? { status: "warned", tone: "caution" } : { status: STATUS[report.verdict ?? "rejected"], tone: toneBeside(parent.report, report) }, words),
    h("div", null,
      h("p", null, h("b", null, endorser(scene)), h("span", { class: "how" }, ` \u00b7 ${words.text(`ui.endorsed.${of}`)}`)),
      h("p", null, report.verdict === "unrecognized" ? words.text("ui.endorsement.unrecognized") : say(told.headline)),
      told.notes.map((note) => h("p", null, say(note))),
      comment && h("blockquote", { dir: "auto" }, clean(comment, 2_000)),
      more));
}

const STATUS = { verified: "passed", unrecognized: "passed", incomplete: "unknown", ended: "failed", rejected: "failed" } as const;

/** No endorsement lends a badge the green that it has not earned itself. */
function toneBeside(parent: Report, { verdict }: Report) {
  switch (verdict) {
    case "verified": return parent.verdict === "verified" ? "good" : "plain";
    case "unrecognized": return "plain";
    case "incomplete": return "unknown";
    case "ended": return "caution";
    default: return "bad";
  }
}

/** The name of a finding; what somebody calls themselves stands in quotation marks. */
function endorser({ report, words }: Scene): Child {
  if (report.issuer?.name) return bdi(clean(report.issuer.name, 100));
  const name = inLanguage(report.attested ?? report.claimed, words)?.issuer.name;
  return name ? say(words.say("ui.quoted", { value: clean(name, 100) })) : words.text("ui.unknownIssuer");
}

/** The endorsement's own report. */
function own(scene: Scene): Child {
  const { report, words } = scene;
  const view = inLanguage(report.attested, words);
  const claimed = inLanguage(report.claimed, words);
  return [
    verdict(scene, `headline${scene.path.replaceAll("/", "-")}`),
    h("div", { class: "body" },
      view && terms(null,
        [words.text("ui.issuer"), issuer(scene, view)],
        [words.text("ui.issued"), dates(scene, view)],
        [vocabulary(words).text("about.description"), said(view)]),
      claimed && fold(scene, "claimed", "claims", words.text("ui.claimed"), () => terms(null,
        [words.text("ui.issuer"), claimed.issuer.name && bdi(clean(claimed.issuer.name, 100))],
        [vocabulary(words).text("about.description"), said(claimed)])),
      checks(scene),
      report.endorsements.length > 0 && h("div", { class: "endorsements" }, endorsements(scene)),
      fold(scene, "technical", "details", words.text("ui.technical"), () => technical(scene))),
  ];
}

function said({ comment }: View): Child {
  return comment && bdi(clean(comment, 2_000));
}
