/**
 * A report in words: what the element shows. No decision is taken here; verdict, headline and statuses are the report's.
 */

import type { Check, CheckId, Group, Headline, Report, Status, View } from "./report";
import type { Phrase, Words } from "./words";

/** How an answer is painted. `good` (green) comes with the verdict `verified` alone. */
export type Tone = "good" | "info" | "caution" | "bad" | "unknown" | "neutral";

/** How a row is painted; `plain` where it neither adds to nor takes from the answer. */
export type RowTone = "good" | "plain" | "caution" | "bad" | "unknown" | "none";

export interface Row {
  id: CheckId;
  group: Group;
  status: Status;
  tone: RowTone;
  /** What was found, in a sentence. */
  sentence: Phrase;
  /** When, where the sentence does not say so itself and the answer is one that changes with time. */
  when: string | null;
  /** The host of the document that it rests on. */
  host: string | null;
}

export interface Explained {
  tone: Tone;
  /** The verdict in one or two words. */
  word: string;
  /** The verdict in a sentence. */
  headline: Phrase;
  /** What decided it, where the headline does not say so. */
  cause: Phrase | null;
  /** What it means for the reader. */
  sentence: Phrase;
  /** Things to know beside a good answer. */
  notes: Phrase[];
  /** When it was checked. */
  time: string;
  /** One for each check. */
  rows: Row[];
}

/** Headlines that leave open what was found. */
const NEED_CAUSE: ReadonlySet<Headline> = new Set([
  "changed", "malformed", "status-unknown", "key-unreachable", "intact", "unsupported", "trust-unknown", "declined", "offline",
  "incomplete", "not-a-credential", "not-read",
]);

export function explainIn(report: Report, words: Words): Explained {
  const decisive = decisiveCheck(report);
  const time = words.time(report.at);
  // A finding without a name has none to say: identifiers are for the technical details.
  const known = { time, count: String(report.items.length), issuer: report.issuer?.name ?? "" };
  const weakest = report.items.find((item) => item.verdict === report.verdict);
  const values = { ...decisive?.message.args, ...report.args, ...known, weakest: weakest ? words.text(`word.${weakest.headline}`) : "" };
  const key = `headline.${report.headline}${report.headline === "several" && report.items.length === 1 ? ".one" : ""}`;
  const headline = words.say(key, values);
  // Beside a known name in strange hands, "no sign of fraud" would be the wrong comfort.
  const meaning = decisive?.reason === "issuer-look-alike" ? "headline.look-alike" : key;
  const rows = report.checks.map((check) => row(check, report, words, known));
  const sentence = (check: Check) => rows[report.checks.indexOf(check)]?.sentence ?? null;
  return {
    tone: toneOf(report),
    word: words.text(`word.${report.headline}`),
    headline,
    cause: decisive && NEED_CAUSE.has(report.headline) ? sentence(decisive) : null,
    sentence: words.say(`${meaning}.sentence`, values),
    notes: report.checks.filter((check) => isNote(check, report)).flatMap((check) => sentence(check) ?? []),
    time,
    rows,
  };
}

function row(check: Check, report: Report, words: Words, known: Record<string, string>): Row {
  // A reason that these messages do not know yet: say at least how the check came out.
  const key = words.has(check.message.key) ? check.message.key : `status.${check.status}`;
  const sentence = words.say(key, { ...known, ...check.message.args });
  const dated = check.id === "currency.revocation" || check.id === "currency.suspension";
  const asked = check.status !== "absent" && check.status !== "skipped";
  return {
    id: check.id,
    group: check.group,
    status: check.status,
    tone: rowTone(check, report),
    sentence,
    when: dated && asked && !sentence.text.includes(known["time"] ?? "") ? (known["time"] ?? null) : null,
    host: check.evidence ? hostOf(check.evidence) : null,
  };
}

function hostOf(url: string): string | null {
  try {
    return new URL(url).host || null;
  } catch {
    return null;
  }
}

export function toneOf(report: Report): Tone {
  switch (report.verdict) {
    case "verified": return "good";
    case "unrecognized": return "info";
    case "ended": return report.headline === "withdrawn" ? "bad" : "caution";
    case "rejected": return "bad";
    case "incomplete": return "unknown";
    default: return "neutral";
  }
}

/** Reasons of the group `trust` that are more than not being listed. */
const SUSPECT: ReadonlySet<Check["reason"]> = new Set(["issuer-look-alike", "test-network"]);

function rowTone(check: Check, report: Report): RowTone {
  switch (check.status) {
    case "passed": return report.verdict === "verified" ? "good" : "plain";
    case "warned": return "caution";
    case "unknown": return "unknown";
    case "failed":
      if (check.group === "trust") return SUSPECT.has(check.reason) ? "caution" : "none";
      if (check.group === "extra" || (check.group === "currency" && check.reason !== "revoked")) return "caution";
      return "bad";
    default: return "none";
  }
}

function isNote(check: Check, report: Report): boolean {
  if (report.verdict === "rejected" || report.verdict === null) return false;
  return check.status === "warned" || (check.status === "failed" && check.group === "trust" && SUSPECT.has(check.reason));
}

const CORE: readonly Group[] = ["format", "proof", "issuer"];

/** The row that decided the verdict: the first one that the verdict's own rule names. */
function decisiveCheck(report: Report): Check | null {
  const first = (groups: readonly Group[], statuses: readonly Status[]) =>
    report.checks.find((c) => groups.includes(c.group) && statuses.includes(c.status)) ?? null;
  switch (report.verdict) {
    case "rejected": return first(CORE, ["failed"]) ?? first(["recipient"], ["failed"]);
    case "ended": return first(["currency"], ["failed"]);
    case "incomplete":
      return first(CORE, ["unknown", "absent", "skipped"])
        ?? first(["currency", "recipient", "trust"], ["unknown"])
        ?? first(["currency", "recipient"], ["skipped"]);
    case "unrecognized": return first(["trust"], ["failed", "absent", "skipped"]);
    case "verified": return null;
    default: return first(CORE, ["failed", "unknown", "absent"]) ?? report.checks.find((c) => c.reason) ?? null;
  }
}

/** The view in the reader's language, as far as it is there in it. */
export function inLanguage<V extends View | null>(view: V, { lang }: Words): V {
  const texts = view?.translations.filter(({ language }) => language.split("-")[0]?.toLowerCase() === lang) ?? [];
  if (texts.length === 0) return view;
  const told = structuredClone(view);
  // Of several, for regions, the first.
  for (const { of, value } of texts.reverse()) {
    const path = of.split(".");
    const last = path.pop() ?? "";
    let place: unknown = told;
    for (const name of path) place = Object.hasOwn(Object(place), name) ? (place as Record<string, unknown>)[name] : null;
    if (Object.hasOwn(Object(place), last)) (place as Record<string, unknown>)[last] = value;
  }
  return told;
}

/** Whom it was issued to, and whether that was compared. */
export interface Person {
  /** The name or identifier to show; `null` where only a description can be given. */
  name: string | null;
  /** What to say where there is no name. */
  description: string | null;
  match: "yes" | "no" | "none" | "cannot";
  words: string;
}

export function personOf(view: View, report: Report, words: Words): Person {
  const check = report.checks.find((c) => c.id === "recipient.match");
  const match = { passed: "yes", warned: "yes", failed: "no", unknown: "cannot", absent: "none", skipped: "none" } as const;
  const outcome = check ? match[check.status] : "none";
  const { name, id, identifiers } = view.subject;
  const clear = identifiers.find((i) => i.value);
  const shown = name ?? clear?.value ?? (id?.startsWith("mailto:") ? id.slice(7) : null);
  const hidden = identifiers.find((i) => i.hashed);
  const key = hidden ? (/e-?mail/i.test(hidden.kind) ? "email" : "hidden") : id ? "key" : "none";
  return {
    name: shown,
    description: shown ? null : words.text(`ui.person.${key}`),
    match: outcome,
    words: words.text(`ui.match.${outcome}`),
  };
}

/** Who the issuer is, as far as that is known; the credential's own word for it stands apart. */
export interface IssuerWords {
  /** From the finding alone; identifiers are for the technical details. */
  name: string;
  basis: Phrase | null;
  /** What the credential calls the issuer, where that differs. */
  claimed: Phrase | null;
  /** Whether somebody who vouches for the issuer knows it by another name. */
  caution: boolean;
}

export function issuerOf(report: Report, view: View | null, words: Words): IssuerWords {
  const { issuer } = report;
  const name = issuer?.name ?? words.text("ui.unknownIssuer");
  const claimed = view?.issuer.name ?? null;
  const differs = claimed !== null && claimed.trim() !== name.trim();
  return {
    name,
    basis: issuer ? words.say(`ui.basis.${issuer.basis}`, { source: issuer.source ?? "" }) : null,
    claimed: differs ? words.say("ui.calls", { name: claimed }) : null,
    caution: differs && (issuer?.basis === "pinned" || issuer?.basis === "list" || issuer?.basis === "chain"),
  };
}
