/** The report's shape, as `src/report` defines it. */

export type Verdict = "verified" | "unrecognized" | "ended" | "rejected" | "incomplete";

export type Headline =
  | "ok" | "ok-status-none" | "genuine" | "genuine-status-none" | "expired" | "withdrawn" | "on-hold" | "not-yet"
  | "changed" | "wrong-person" | "malformed" | "status-unknown" | "key-unreachable" | "unsupported" | "trust-unknown"
  | "declined" | "offline" | "incomplete" | "several" | "unsigned" | "hosted-only" | "not-a-credential" | "internal";

export type Group = "format" | "proof" | "issuer" | "currency" | "recipient" | "trust" | "extra";
export type Status = "passed" | "warned" | "failed" | "unknown" | "absent" | "skipped";
export type Severity = "critical" | "important" | "info";

export type CheckId =
  | "format.readable" | "format.type" | "format.schema" | "format.coverage"
  | "proof.signature" | "proof.purpose" | "proof.anchor"
  | "issuer.key" | "issuer.profile"
  | "currency.started" | "currency.expiry" | "currency.revocation" | "currency.suspension"
  | "recipient.match" | "recipient.holder"
  | "trust.issuer" | "trust.scope"
  | "extra.image" | "extra.evidence" | "extra.endorsement";

/** Arguments of a message: plain text. */
export type Args = { [name: string]: string };

export interface Message { key: string; args: Args }

export interface Check {
  id: CheckId;
  group: Group;
  status: Status;
  severity: Severity;
  reason: string | null;
  message: Message;
  problem: string | null;
  evidence: string | null;
}

export type Basis = "pinned" | "list" | "chain" | "domain" | "self";

export interface Issuer { id: string; name: string | null; basis: Basis; source: string | null }

export type Container = "unknown" | "json" | "jwt" | "sd-jwt" | "png" | "svg" | "url" | "pdf" | "html";

export type Family =
  | "open-badges-3" | "open-badges-2" | "clr-2" | "endorsement" | "verifiable-credential" | "presentation"
  | "blockcerts" | "open-attestation" | "europass" | "sd-jwt-vc" | "collection";

export interface Format {
  container: Container;
  family: Family | null;
  dataModel: string | null;
  securing: string | null;
  sha256: string | null;
}

export type NeedKind =
  | "credential" | "did-document" | "issuer-profile" | "status-list" | "revocation-list" | "hosted-assertion"
  | "badge-class" | "registry" | "schema" | "endorsement" | "chain-transaction" | "block-header";

export interface Need {
  id: string;
  kind: NeedKind;
  url: string;
  host: string;
  why: CheckId;
  maxBytes: number;
  accept: string;
  optional: boolean;
}

export type Failure =
  | "offline" | "blocked-by-browser" | "not-found" | "server-error" | "timeout" | "too-large" | "declined" | "policy";

export type Vouched = "signature" | "digest" | "transport" | "nothing";

export interface EvidenceUse {
  url: string;
  kind: NeedKind;
  sha256: string | null;
  failure: Failure | null;
  vouched: Vouched;
}

export interface ImageView { src: string; caption: string | null }

export interface Party {
  id: string | null;
  name: string | null;
  url: string | null;
  description: string | null;
  image: ImageView | null;
}

export interface Identifier { kind: string; value: string | null; hashed: boolean }
export interface SubjectView { id: string | null; name: string | null; identifiers: Identifier[] }
export interface Criteria { url: string | null; narrative: string | null }

export interface Alignment {
  name: string | null;
  url: string | null;
  kind: string | null;
  framework: string | null;
  code: string | null;
}

export interface AchievementView {
  id: string | null;
  name: string | null;
  kind: string | null;
  description: string | null;
  criteria: Criteria | null;
  alignments: Alignment[];
  tags: string[];
  image: ImageView | null;
  creator: Party | null;
  language: string | null;
}

export interface ResultView { name: string | null; value: string | null; status: string | null; required: string | null }

export interface EvidenceView {
  url: string | null;
  name: string | null;
  description: string | null;
  narrative: string | null;
}

export interface View {
  id: string | null;
  types: string[];
  title: string | null;
  description: string | null;
  issuer: Party;
  subject: SubjectView;
  achievement: AchievementView | null;
  awarded: string | null;
  validFrom: string | null;
  validUntil: string | null;
  results: ResultView[];
  evidence: EvidenceView[];
  image: ImageView | null;
  other: string[];
}

export interface Report {
  schema: number;
  verdict: Verdict | null;
  headline: Headline;
  args: Args;
  at: string;
  format: Format;
  issuer: Issuer | null;
  checks: Check[];
  needs: Need[];
  attested: View | null;
  claimed: View | null;
  evidence: EvidenceUse[];
  items: Report[];
  engine: { name: string; version: string };
}
