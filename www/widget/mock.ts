/**
 * Made-up reports, one for each state that a reader can meet: for designers, translators and tests. The element paints
 * a ribbon over them. Loaded only where `mock` is set.
 */

import type { Check, CheckId, Endorsed, Endorsement, EvidenceUse, Headline, Issuer, Reason, Report, Status, Verdict, View } from "./report";

type Args = Check["message"]["args"];

/** Rows as `[id, status, reason?, args?]`. */
type RowSpec = [CheckId, Status, (Reason | undefined)?, Args?];

interface Spec {
  verdict: Verdict | null;
  headline: Headline;
  args?: Args;
  /** Rows that differ from those of a credential that is all right. */
  rows?: RowSpec[];
  issuer?: Issuer | null;
  view?: "attested" | "claimed" | "none";
  only?: boolean;
  evidence?: EvidenceUse[];
}

const HOST = "badges.example.edu";
const STATUS_URL = `https://${HOST}/status/3`;
const KEY_URL = `https://${HOST}/.well-known/did.json`;

const PINNED: Issuer = { id: `did:web:${HOST}`, name: "Coll\u00e8ge Exemple", basis: "pinned", source: HOST };
const DOMAIN: Issuer = { id: `did:web:${HOST}`, name: HOST, basis: "domain", source: HOST };
const SELF: Issuer = {
  id: "did:key:z6MkfakeFakeFakeFakeFakeFakeFakeFakeFakeFakeFake9xQ", name: null, basis: "self", source: null,
};

const GOOD: RowSpec[] = [
  ["format.readable", "passed"],
  ["format.type", "passed"],
  ["format.coverage", "passed"],
  ["proof.signature", "passed"],
  ["proof.purpose", "passed"],
  ["issuer.key", "passed", undefined, { host: HOST }],
  ["currency.started", "passed", undefined, { date: "2025-03-12T00:00:00Z" }],
  ["currency.expiry", "absent"],
  ["currency.revocation", "passed"],
  ["recipient.match", "absent"],
  ["trust.issuer", "passed", undefined, { name: "Coll\u00e8ge Exemple" }],
];

/** A made-up badge, 64 by 64. */
const PICTURE =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAEAAAABAAgMAAADXB5lNAAAADFBMVEX///87bqjysTz///8qc4t/AAAABHRSTlMA////sy1AiAAAANFJREFUeNqNkzEOgzAMRRFjjsJ9jFSWTl24RHMJ9ixIxPfrWLUhaYLJN0otGHg4jhP/33X/hnEVGLYKMJ+/e2YrfzvD+yvyU4j8FFYAP1dgnSqwjAIYJqbwsDvAjehxAPYUY+bcRQGcFgjgrsHzLcBKCdD0A5QB6aCXwOpgyWDUAWw7yIwtnk0U5b2Ep/snxis0b2OJAvYiJpQoYNRBtQSKwrbYGLTePm37xtq3rgwKRtmaPggGJYWiA1mCcFVpg/hP9gADocXAhIpN0chg9ev4AivnVXhkYrHXAAAAAElFTkSuQmCC";

const VIEW: View = {
  id: "urn:uuid:6a1f5c8e-55f1-4f0e-9d5e-2f6c0a8b7d11",
  types: ["VerifiableCredential", "OpenBadgeCredential"],
  title: "Analyse de donn\u00e9es",
  description: null,
  issuer: { id: `did:web:${HOST}`, name: "Coll\u00e8ge Exemple", url: `https://${HOST}/`, description: null, image: null },
  subject: { id: "did:key:z6MkholderFakeFakeFakeFakeFakeFakeFakeFakeFakeFa1bC", name: "Ana Souza", identifiers: [] },
  achievement: {
    id: `https://${HOST}/achievements/data-analysis`,
    name: "Analyse de donn\u00e9es",
    kind: "MicroCredential",
    description: "Collect, clean and interpret data, and tell others what it says.",
    criteria: {
      url: `https://${HOST}/achievements/data-analysis/criteria`,
      narrative: "To earn it, a learner must:\n\n- finish **four** projects\n- explain one of them to a jury\n- pass the [final exam](https://badges.example.edu/exam)",
    },
    alignments: [
      { name: "Data analysis", url: "https://data.example.org/skills/7", kind: "ESCO:Skill", framework: "ESCO", code: "S2.7" },
    ],
    tags: ["data", "statistics"],
    image: null,
    creator: null,
    language: "fr-CA",
  },
  awarded: "2025-03-12T00:00:00Z",
  validFrom: "2025-03-12T00:00:00Z",
  validUntil: null,
  results: [{
    name: "Final exam", value: "82", level: null, status: "Completed", required: "70", kind: "Percent", least: "0", greatest: "100",
    allowed: [], fit: "met", alignments: [],
  }],
  evidence: [{
    url: `https://${HOST}/evidence/42`, name: "Capstone project", description: "A study of bicycle traffic.", narrative: null,
    genre: "Report", audience: null,
  }],
  image: null,
  comment: null,
  refresh: `https://${HOST}/refresh/42`,
  claims: [],
  details: [
    { name: "creditsEarned", label: null, value: "6" },
    { name: "activityEndDate", label: null, value: "2025-03-06T00:00:00Z" },
    { name: "achievement.fieldOfStudy", label: null, value: "Statistics" },
    { name: "achievement.humanCode", label: null, value: "STA-201" },
    { name: "issuer.parentOrg", label: null, value: "Universit\u00e9 Exemple" },
  ],
  translations: [
    { of: "title", language: "en", value: "Data analysis" },
    { of: "title", language: "fr", value: "Analyse de donn\u00e9es" },
  ],
  record: null,
  withheld: false,
  other: [],
};

const USED: EvidenceUse[] = [
  { url: KEY_URL, kind: "did-document", sha256: "5f".repeat(32), failure: null, vouched: "transport" },
  { url: STATUS_URL, kind: "status-list", sha256: "a7".repeat(32), failure: null, vouched: "signature" },
];

const unasked = (failure: EvidenceUse["failure"]): EvidenceUse[] => [
  { ...(USED[0] as EvidenceUse) },
  { url: STATUS_URL, kind: "status-list", sha256: null, failure, vouched: "nothing" },
];

const NO_STATUS: RowSpec = ["currency.revocation", "absent"];
const UNLISTED: RowSpec = ["trust.issuer", "absent"];
const LATER: RowSpec[] = [
  ["currency.revocation", "skipped", "status-not-asked"],
  ["trust.issuer", "skipped", "issuer-not-proven"],
];

function broken(id: CheckId, status: Status, reason: Reason, args: Args = {}): RowSpec[] {
  return [[id, status, reason, args], ...LATER];
}

/** Rows of input that is no credential at all. */
function unread(headline: Headline, id: CheckId, reason: Reason, args: Args = {}): Spec {
  const status = headline === "unsigned" ? "absent" : headline === "hosted-only" ? "unknown" : "failed";
  return { verdict: null, headline, args, rows: [[id, status, reason, args]], issuer: null, view: headline === "unsigned" ? "claimed" : "none", only: headline !== "unsigned" };
}

const soon = (now: Date) => new Date(now.getTime() + 12 * 86_400_000).toISOString();

const SPECS: Record<string, (now: Date) => Spec> = {
  "verified": () => ({ verdict: "verified", headline: "ok" }),
  "ok-status-none": () => ({ verdict: "verified", headline: "ok-status-none", rows: [NO_STATUS] }),
  "verified-note": (now) => ({
    verdict: "verified", headline: "ok", rows: [["currency.expiry", "warned", "expires-soon", { date: soon(now) }]],
  }),
  "other-name": () => ({ verdict: "verified", headline: "ok", issuer: { ...PINNED, name: "Exemple Technical College" } }),
  "recipient-matched": () => ({ verdict: "verified", headline: "ok", rows: [["recipient.match", "passed"]] }),
  "unrecognized": () => ({ verdict: "unrecognized", headline: "genuine", rows: [UNLISTED], issuer: DOMAIN }),
  "genuine-status-none": () => ({
    verdict: "unrecognized", headline: "genuine-status-none", rows: [NO_STATUS, UNLISTED, ["issuer.key", "passed"]], issuer: SELF,
  }),
  "issuer-look-alike": () => ({
    verdict: "unrecognized", headline: "genuine", issuer: SELF,
    rows: [["trust.issuer", "failed", "issuer-look-alike", { name: "Coll\u00e8ge Exemple" }], ["issuer.key", "passed"]],
  }),
  "ended": () => ({
    verdict: "ended", headline: "expired", args: { date: "2025-09-30T23:59:59Z" },
    rows: [["currency.expiry", "failed", "expired", { date: "2025-09-30T23:59:59Z" }]],
  }),
  "withdrawn": () => ({ verdict: "ended", headline: "withdrawn", rows: [["currency.revocation", "failed", "revoked"]] }),
  "on-hold": () => ({ verdict: "ended", headline: "on-hold", rows: [["currency.suspension", "failed", "suspended"]] }),
  "not-yet": () => ({
    verdict: "ended", headline: "not-yet", args: { date: "2099-01-01T00:00:00Z" },
    rows: [["currency.started", "failed", "not-yet-valid", { date: "2099-01-01T00:00:00Z" }]],
  }),
  "rejected": () => ({
    verdict: "rejected", headline: "changed", rows: broken("proof.signature", "failed", "signature-invalid"), issuer: null, view: "claimed",
  }),
  "wrong-person": () => ({
    verdict: "rejected", headline: "wrong-person", rows: [["recipient.match", "failed", "recipient-mismatch"]],
  }),
  "malformed": () => ({
    verdict: "rejected", headline: "malformed", issuer: null, view: "claimed",
    rows: broken("format.type", "failed", "member-missing", { member: "credentialSubject" }),
  }),
  "incomplete": () => ({
    verdict: "incomplete", headline: "status-unknown", evidence: unasked("blocked-by-browser"),
    rows: [["currency.revocation", "unknown", "blocked-by-browser", { host: HOST, url: STATUS_URL }]],
  }),
  "part-shown": () => ({
    verdict: "incomplete", headline: "part-shown",
    rows: [
      ["proof.signature", "warned", "part-shown"], ["currency.expiry", "unknown", "may-be-left-out"],
      ["currency.revocation", "unknown", "may-be-left-out"],
    ],
  }),
  "not-confirmed": () => ({
    verdict: "incomplete", headline: "not-confirmed", issuer: null, view: "claimed",
    rows: broken("proof.hosted", "unknown", "hosted-gone", { host: HOST }),
  }),
  "key-unreachable": () => ({
    verdict: "incomplete", headline: "key-unreachable", issuer: null, view: "claimed",
    rows: broken("issuer.key", "unknown", "timeout", { host: HOST, url: KEY_URL }),
  }),
  "intact": () => ({
    verdict: "incomplete", headline: "intact", args: { name: "Coll\u00e8ge Exemple" }, issuer: null, view: "claimed",
    rows: broken("issuer.key", "unknown", "seal-owner", { name: "Coll\u00e8ge Exemple" }),
  }),
  "unsupported": () => ({
    verdict: "incomplete", headline: "unsupported", issuer: null, view: "claimed",
    rows: broken("proof.signature", "unknown", "proof-unsupported"),
  }),
  "trial": () => ({
    verdict: "incomplete", headline: "trial", issuer: null, view: "claimed",
    rows: broken("proof.anchor", "unknown", "chain-test"),
  }),
  "trust-unknown": () => ({
    verdict: "incomplete", headline: "trust-unknown", issuer: DOMAIN,
    rows: [["trust.issuer", "unknown", "server-error", { host: "registry.example.org" }]],
  }),
  "declined": () => ({
    verdict: "incomplete", headline: "declined", evidence: unasked("declined"),
    rows: [["currency.revocation", "unknown", "declined", { host: HOST, url: STATUS_URL }]],
  }),
  "offline": () => ({
    verdict: "incomplete", headline: "offline", evidence: unasked("offline"),
    rows: [["currency.revocation", "unknown", "offline", { host: HOST, url: STATUS_URL }]],
  }),
  "other-subject": () => ({
    verdict: "rejected", headline: "other-subject", rows: [["recipient.match", "failed", "endorsement-subject"]],
  }),
  "other-incomplete": () => ({
    verdict: "incomplete", headline: "incomplete",
    rows: [["currency.suspension", "unknown", "status-unsupported"]],
  }),
  "unsigned": () => unread("unsigned", "proof.signature", "proof-missing"),
  "hosted-only": () => unread("hosted-only", "format.readable", "hosted-only", {
    site: "Credly", host: "www.credly.example", url: "https://www.credly.example/badges/7d1f5c0e",
  }),
  "not-a-credential": () => unread("not-a-credential", "format.readable", "not-recognized"),
  "not-read": () => unread("not-read", "format.readable", "pdf-not-read"),
  "internal": () => unread("internal", "format.readable", "internal"),
};

/** Names of files, of which one is as long as they get. */
const FILES: readonly string[] = ["data-analysis.json", `badges/${"very-long-name-".repeat(7)}2025.png`];

/** Names that `mock` takes, beside `idle`, `running`, `several`, `endorsed`, `record` and every reason code. */
export const MOCKS: readonly string[] = [...Object.keys(SPECS), "several", "endorsed", "record"];

/** A made-up report for a state, a headline or a reason; `null` where `name` is none. */
export function mockReport(name: string, now = new Date()): Report | null {
  if (name === "endorsed") return endorsed(now);
  if (name === "record") return record(now);
  if (name === "several") {
    return { ...build({ verdict: "ended", headline: "several", only: true, view: "none", issuer: null }, now),
      items: ["verified", "ended", "incomplete"].flatMap((n) => mockReport(n, now) ?? []).map((item, at) => (
        { ...item, format: { ...item.format, file: FILES[at] ?? null } })) };
  }
  const spec = Object.hasOwn(SPECS, name) ? SPECS[name]?.(now) : undefined;
  if (spec) return build(spec, now);
  const alias = Object.values(SPECS).map((make) => make(now)).find((s) => s.headline === name);
  if (alias) return build(alias, now);
  const reason = Object.entries(REASONS).find(([, codes]) => codes.split(" ").includes(name));
  return reason ? forReason(reason[0], name as Reason, now) : null;
}

/** Which check each reason belongs to, and how it comes out there. */
const REASONS: Record<string, string> = {
  "null format.readable failed": "empty-input not-recognized not-a-credential image-without-credential input-too-large html-page pdf-not-read pdf-locked pdf-without-credential archive-locked encrypted archive-unsupported archive-without-credential wallet-link cbor-ld-not-read health-pass",
  "null format.type failed": "badge-part",
  "rejected format.readable failed": "not-utf8 json-syntax json-truncated json-trailing json-duplicate-name json-lone-surrogate json-number-range json-too-deep json-too-many image-damaged image-several archive-damaged svg-unsafe jwt-malformed",
  "rejected format.type failed": "context-missing member-missing member-malformed date-malformed dates-reversed type-unknown",
  "rejected format.coverage failed": "context-forbidden member-forbidden member-not-covered value-forbidden disclosure-malformed disclosure-unreferenced disclosure-repeated disclosure-name disclosure-hash",
  "rejected proof.signature failed": "proof-malformed proof-too-many proof-expired proof-chain path-invalid signature-invalid signature-malformed too-complex jwt-algorithm-forbidden jwt-header-forbidden jwt-claim-mismatch",
  "rejected proof.anchor failed": "chain-malformed chain-mismatch",
  "incomplete proof.anchor unknown": "chain-unconfirmed chain-unproven chain-disagree chain-no-sender chain-unsupported chain-test ledger-not-asked",
  "rejected proof.purpose failed": "purpose-mismatch domain-mismatch challenge-mismatch holder-binding-invalid holder-binding-time holder-key-missing",
  "rejected issuer.key failed": "key-malformed key-weak key-url-malformed key-not-found key-not-authorized key-not-issuer key-not-yet key-revoked key-expired key-wrong-kind key-document-malformed key-document-mismatch seal-chain seal-time",
  "incomplete format.coverage unknown": "context-unknown",
  "incomplete format.type unknown": "family-unsupported",
  "rejected proof.hosted failed": "hosted-differs linked-other",
  "incomplete proof.hosted unknown": "hosted-gone no-address linked-malformed",
  "verified proof.hosted warned": "hosted",
  "rejected issuer.profile failed": "issuer-scope",
  "incomplete proof.signature unknown": "proof-unsupported proof-base part-not-loaded",
  "incomplete issuer.key unknown": "key-method-unsupported pending seal-owner dns-disagree",
  "incomplete currency.revocation unknown": "blocked-by-browser not-found server-error timeout too-large declined offline url-refused status-unsupported status-malformed status-list-malformed status-list-unproven status-list-ended status-list-purpose status-list-other status-list-moved status-index-range status-own-meaning status-no-id",
  "incomplete currency.expiry unknown": "may-be-left-out",
  "incomplete recipient.match unknown": "recipient-not-comparable record-other-person",
  "rejected format.schema skipped": "schema-not-asked",
  "rejected format.schema failed": "schema-mismatch digest-mismatch",
  "incomplete format.schema unknown": "schema-unsupported schema-malformed schema-unproven schema-ended",
  "verified extra.resource skipped": "resource-not-checked",
  "verified format.schema warned": "schema-not-checked type-metadata-mismatch linked-moved",
  "verified format.coverage warned": "member-defined-inline hosted-omits linked-outside",
  "verified format.readable warned": "image-irregular image-also-older found-in-page found-in-code found-among pdf-pages files-others",
  "verified format.type warned": "date-without-zone",
  "verified proof.signature warned": "part-shown self-asserted record-covers proof-alongside suite-old-name context-former context-extended",
  "verified currency.revocation warned": "status-message status-refresh status-list-short",
  "verified currency.expiry warned": "expires-soon",
  "verified recipient.match warned": "recipient-ignoring-case recipient-weak-hash",
  "verified recipient.match passed": "endorsement-fits",
  "verified recipient.match absent": "record-person-open",
  "verified recipient.holder warned": "holder-binding-old",
  "verified recipient.holder absent": "holder-not-proven holder-unchallenged",
  "verified extra.results warned": "result-below result-outside result-undescribed",
  "verified extra.record warned": "record-unsettled association-dangling record-repeated",
  "incomplete proof.signature absent": "record-hearsay",
  "verified extra.endorsement warned": "endorsement-self",
  "verified extra.endorsement failed": "endorsement-doubtful",
  "verified issuer.key warned": "key-self-asserted seal-ended key-not-asked",
  "verified issuer.profile warned": "seal-other",
  "ended currency.started failed": "not-yet-valid",
  "ended currency.expiry failed": "expired",
  "ended currency.revocation failed": "revoked",
  "ended currency.suspension failed": "suspended",
  "rejected recipient.match failed": "recipient-mismatch endorsement-subject",
  "rejected recipient.holder failed": "holder-other",
  "unrecognized trust.issuer failed": "issuer-not-listed issuer-look-alike test-network",
  "rejected trust.issuer skipped": "issuer-not-proven",
  "rejected currency.revocation skipped": "status-not-asked",
  "null proof.signature absent": "proof-missing",
};

/** A badge that others endorse: one of them known, the issuer itself, one whose key could not be had, and a stray one. */
function endorsed(now: Date): Report {
  const agency: Issuer = { id: "did:web:agency.example", name: "Agence Exemple", basis: "pinned", source: "agency.example" };
  const endorsement = (of: Endorsed, spec: Spec, name: string, comment: string): Endorsement => {
    const report = build(spec, now);
    const view: View = {
      ...VIEW, title: "Endorsement", achievement: null, results: [], evidence: [], refresh: null, comment,
      issuer: { ...VIEW.issuer, name }, subject: { id: VIEW.issuer.id, name: null, identifiers: [] },
      types: ["VerifiableCredential", "EndorsementCredential"],
    };
    report.format.family = "endorsement";
    if (report.attested) report.attested = view;
    if (report.claimed) report.claimed = view;
    return { of, report };
  };
  const fits: RowSpec = ["recipient.match", "passed", "endorsement-fits"];
  return {
    ...build({ verdict: "verified", headline: "ok", rows: [["extra.endorsement", "failed", "endorsement-doubtful"]] }, now),
    endorsements: [
      endorsement("issuer", { verdict: "verified", headline: "ok", rows: [fits], issuer: agency },
        "Agence Exemple", "We reviewed this college in 2025 and found its courses sound."),
      endorsement("achievement", { verdict: "unrecognized", headline: "genuine", rows: [fits, UNLISTED], issuer: SELF },
        "Cercle Exemple", "Our members ask for exactly this when they hire."),
      endorsement("credential", {
        verdict: "verified", headline: "ok-status-none", rows: [fits, NO_STATUS, ["extra.endorsement", "warned", "endorsement-self"]],
      }, "Coll\u00e8ge Exemple", "Our best course."),
      endorsement("issuer", {
        verdict: "rejected", headline: "other-subject", rows: [["recipient.match", "failed", "endorsement-subject"]], issuer: SELF,
      }, "Minist\u00e8re Exemple", "Accredited."),
      endorsement("achievement", {
        verdict: "incomplete", headline: "key-unreachable", rows: broken("issuer.key", "unknown", "timeout", { host: HOST }), issuer: null, view: "claimed",
      }, "Chambre Exemple", "Recommended."),
    ],
  };
}

/** A learner's record: its publisher's courses, one of them not signed once more, another issuer's, and hearsay. */
function record(now: Date): Report {
  const id = (name: string) => `https://${HOST}/achievements/${name}`;
  const item = (spec: Spec, name: string, title: string): Report => {
    const report = build(spec, now);
    const view: View = {
      ...VIEW, id: `urn:example:${name}`, title, results: [], evidence: [], details: [], translations: [],
      achievement: VIEW.achievement && { ...VIEW.achievement, id: id(name), name: title },
    };
    if (report.attested) report.attested = view;
    if (report.claimed) report.claimed = view;
    return report;
  };
  const link = (kind: string, source: string, target: string, resolved = true) =>
    ({ kind, source: id(source), target: id(target), resolved });
  const report = build({
    verdict: "incomplete", headline: "several", rows: [["format.schema", "passed", undefined, { standard: "CLR 2.0" }], ["extra.record", "warned", "association-dangling"]],
  }, now);
  report.format.family = "clr-2";
  report.attested = {
    ...VIEW, title: "Record of achievements", achievement: null, results: [], evidence: [], details: [], translations: [],
    record: {
      partial: true,
      achievements: VIEW.achievement ? [{ ...VIEW.achievement, id: id("diploma"), name: "Diploma in data" }] : [],
      associations: [
        link("isChildOf", "statistics", "program"), link("isParentOf", "program", "programming"),
        link("precedes", "statistics", "programming"), link("isPartOf", "program", "gone", false),
      ],
    },
  };
  report.items = [
    item({ verdict: "verified", headline: "ok" }, "statistics", "Statistics"),
    item({ verdict: "verified", headline: "ok" }, "program", "Certificate in data"),
    item({ verdict: "verified", headline: "ok-status-none", rows: [NO_STATUS, ["proof.signature", "warned", "record-covers"]] }, "programming", "Programming"),
    item({ verdict: "unrecognized", headline: "genuine-status-none", rows: [NO_STATUS, UNLISTED], issuer: SELF }, "aid", "First aid"),
    item({
      verdict: "incomplete", headline: "incomplete", issuer: null, view: "claimed",
      rows: [["proof.signature", "absent", "record-hearsay"], ["issuer.key", "skipped", "record-hearsay"], ...LATER],
    }, "medicine", "Medicine"),
  ];
  return report;
}

const HEADLINES: Record<string, Headline> = {
  null: "not-a-credential", rejected: "malformed", incomplete: "incomplete", verified: "ok", unrecognized: "genuine", ended: "expired",
};

const SAMPLE: Args = {
  member: "credentialSubject", host: HOST, url: STATUS_URL, date: "2025-09-30T23:59:59Z", name: "Coll\u00e8ge Exemple",
  method: "did:example", domain: "jobs.example.org", message: "See the registrar.",
};

function forReason(where: string, reason: Reason, now: Date): Report {
  const [verdict, id, status] = where.split(" ") as [string, CheckId, Status];
  const core = /^(format|proof|issuer)/.test(id) && status !== "warned" && status !== "skipped";
  return build({
    verdict: verdict === "null" ? null : (verdict as Verdict),
    headline: HEADLINES[verdict] ?? "incomplete",
    args: SAMPLE,
    rows: [[id, status, reason, SAMPLE], ...(core && verdict !== "null" ? LATER : [])],
    ...(core ? { issuer: null, view: verdict === "null" ? "none" as const : "claimed" as const } : {}),
    only: verdict === "null",
  }, now);
}

function build(spec: Spec, now: Date): Report {
  const changed = new Map((spec.rows ?? []).map((row) => [row[0], row]));
  const base = spec.only ? [] : GOOD.map((row) => changed.get(row[0]) ?? row);
  const added = (spec.rows ?? []).filter((row) => !base.includes(row));
  const order = (row: RowSpec) => ["format", "proof", "issuer", "currency", "recipient", "trust", "extra"].indexOf(row[0].split(".")[0] ?? "");
  const checks = [...base, ...added].sort((a, b) => order(a) - order(b)).map(check);
  const view = spec.view ?? "attested";
  const issuer = spec.issuer === undefined ? PINNED : spec.issuer;
  const shown = viewOf(spec);
  return {
    schema: 1,
    verdict: spec.verdict,
    headline: spec.headline,
    args: spec.args ?? {},
    at: now.toISOString(),
    format: {
      container: view === "none" ? "unknown" : "json",
      family: view === "none" ? null : "open-badges-3",
      dataModel: view === "none" ? null : "2.0",
      securing: view === "none" || spec.headline === "unsigned" ? null : "eddsa-rdfc-2022",
      sha256: view === "none" ? null : "3c".repeat(32),
      file: null,
    },
    issuer,
    checks,
    needs: [],
    attested: view === "attested" ? shown : null,
    claimed: view === "claimed" ? shown : null,
    evidence: spec.evidence ?? (issuer ? USED : []),
    items: [],
    endorsements: [],
    engine: { name: "probant", version: "test" },
  };
}

function viewOf(spec: Spec): View {
  // One state shows a picture that waits for a click.
  const image = spec.issuer === DOMAIN ? { src: `https://${HOST}/badge.png`, caption: null } : { src: PICTURE, caption: null };
  return {
    ...VIEW,
    achievement: VIEW.achievement && { ...VIEW.achievement, image },
    validUntil: spec.headline === "expired" ? "2025-09-30T23:59:59Z" : null,
  };
}

function check([id, status, reason, args]: RowSpec): Check {
  const group = id.split(".")[0] as Check["group"];
  return {
    id,
    group,
    status,
    severity: group === "extra" ? "info" : /format|proof|issuer/.test(group) ? "critical" : "important",
    reason: reason ?? null,
    message: { key: reason ? `reason.${reason}` : `check.${id}.${status}`, args: args ?? {} },
    problem: reason === "signature-invalid" ? "CRYPTOGRAPHIC_SECURITY_ERROR" : null,
    evidence: id === "currency.revocation" && status !== "absent" && status !== "skipped" ? STATUS_URL
      : id === "issuer.key" && args?.["host"] ? KEY_URL : null,
  };
}
