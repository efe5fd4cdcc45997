// Written by `cargo xtask types` from the Rust types: change those.

/** The answer to one input. */
export interface Report {
  /** `SCHEMA`. */
  schema: number;
  /** The verdict; `null` where there is nothing to judge (unsigned, hosted only, not a credential, our own fault). */
  verdict: Verdict | null;
  /** Which one sentence sums it up: key `headline.<value>` in the messages. */
  headline: Headline;
  /** Arguments of the headline's sentence. */
  args: Args;
  /** The time the verification was made for, RFC 3339 in UTC. */
  at: string;
  /** What the input turned out to be. */
  format: Format;
  /** What was established about the issuer; absent while the issuer's key is not proven. */
  issuer: Issuer | null;
  /** One row for each check, in the order a reader cares. */
  checks: Array<Check>;
  /** Documents that are still missing. Fetch them, or record why not, and verify again. */
  needs: Array<Need>;
  /** What the credential says, where signature and issuer key hold. Never together with `claimed`. */
  attested: View | null;
  /** What the file says, unproven. */
  claimed: View | null;
  /** The documents that were used. */
  evidence: Array<EvidenceUse>;
  /** Reports of the credentials inside: the members of an array, a presentation or a record. */
  items: Array<Report>;
  /** What others say of the credential, its achievement or its issuer. The verdict does not depend on them. */
  endorsements: Array<Endorsement>;
  /** What made this report. */
  engine: Engine;
}

/** The answers. */
export type Verdict = "verified" | "unrecognized" | "ended" | "rejected" | "incomplete";

/** Which sentence sums a report up. */
export type Headline =
  | "ok"
  | "ok-status-none"
  | "genuine"
  | "genuine-status-none"
  | "expired"
  | "withdrawn"
  | "on-hold"
  | "not-yet"
  | "changed"
  | "wrong-person"
  | "other-subject"
  | "malformed"
  | "status-unknown"
  | "part-shown"
  | "not-confirmed"
  | "key-unreachable"
  | "intact"
  | "unsupported"
  | "trial"
  | "trust-unknown"
  | "declined"
  | "offline"
  | "incomplete"
  | "several"
  | "unsigned"
  | "hosted-only"
  | "not-read"
  | "not-a-credential"
  | "internal";

/** Arguments of a message: plain text, never markup; names are ours, values may be the credential's. In JSON an object. */
export type Args = { [name: string]: string };

/** What the input is. */
export interface Format {
  /** How it came. */
  container: Container;
  /** The credential family. */
  family: Family | null;
  /** The version of what it is built by: of the W3C data model "1.1" or "2.0", of Open Badges before 3.0 "0.5" to "2.0". */
  dataModel: string | null;
  /** How it is secured: a cryptosuite, a proof type, "JWT" or "JWS" with the algorithm, or "HostedBadge". */
  securing: string | null;
  /** SHA-256 of the credential's bytes, lower-case hex. */
  sha256: string | null;
  /** The name of the file it was in, where that was inside another: the word of whoever packed it. */
  file: string | null;
}

/** What was established about the issuer. */
export interface Issuer {
  /** The issuer's identifier, to which the key is bound. */
  id: string;
  /** The name to show beside the verdict: the pin's or the list's, or the domain; never the credential's own claim. */
  name: string | null;
  /** How we know. */
  basis: Basis;
  /** The list's owner or the domain, as `basis` says. */
  source: string | null;
}

/** The outcome of one check. */
export interface Check {
  /** Which check. */
  id: CheckId;
  /** The group it counts in. */
  group: Group;
  /** How it came out. */
  status: Status;
  /** How much it matters: set by the check, never by how it came out. */
  severity: Severity;
  /** Why it came out so; always there unless it passed, or is absent without any cause. */
  reason: Reason | null;
  /** What to tell the reader. */
  message: Message;
  /** The W3C problem type, where one is defined (VCDM 2.0, section 7.3.4). */
  problem: Problem | null;
  /** The URL of the document it rests on, one of the report's `evidence`. */
  evidence: string | null;
}

/** A document that the verification asks the host for. */
export interface Need {
  /** What to answer with; the URL itself. */
  id: string;
  /** What the document is. */
  kind: NeedKind;
  /** Where it is: an https URL that passed the URL policy. */
  url: string;
  /** The host that will learn of the request. */
  host: string;
  /** The check that wants it. */
  why: CheckId;
  /** Bytes beyond which the answer is `too-large`. */
  maxBytes: number;
  /** The `Accept` header to send. */
  accept: string;
  /** Whether the verdict can do without it. */
  optional: boolean;
}

/** A credential, ready to show. */
export interface View {
  /** The credential's id. */
  id: string | null;
  /** The credential's types. */
  types: Array<string>;
  /** What to call it: the achievement's name, else the credential's. */
  title: string | null;
  /** The credential's own description. */
  description: string | null;
  /** Who says they issued it. */
  issuer: Party;
  /** To whom. */
  subject: SubjectView;
  /** For what. */
  achievement: AchievementView | null;
  /** When it was awarded, as written (`awardedDate`, else the beginning of validity). */
  awarded: string | null;
  /** Beginning of validity, as written. */
  validFrom: string | null;
  /** End of validity, as written. */
  validUntil: string | null;
  /** Results of assessments. */
  results: Array<ResultView>;
  /** Evidence. */
  evidence: Array<EvidenceView>;
  /** The credential's picture. */
  image: ImageView | null;
  /** What an endorsement says of what it endorses (`endorsementComment`), possibly Markdown. */
  comment: string | null;
  /** Where a newer copy may be had (`refreshService`): an address that is never asked by itself. */
  refresh: string | null;
  /** Claims that no data model places elsewhere in the view: those of an SD-JWT VC, or of an endorsement of 2.0. */
  claims: Array<Claim>;
  /**
   * What an achievement, its award or the issuer's profile say beyond the members above, by the data model's own path:
   * `creditsEarned`, `achievement.fieldOfStudy`, `issuer.parentOrg`, … (Open Badges 3.0, Appendix B.1), and what only
   * the European Learning Model has, by its names: `awardedBy`, `achievement.mode`, … One path may stand several
   * times; labels are the kinds of identifiers, and what credits count in.
   */
  details: Array<Claim>;
  /** Texts of the members above that are there in several languages. */
  translations: Array<Translation>;
  /** What a record says of the achievements in it (CLR 2.0, `ClrSubject`). */
  record: RecordView | null;
  /** Whether the issuer signed more than is shown: claims that the holder withholds, or decoys in their place. */
  withheld: boolean;
  /** Names of members that the signature covers but that no known vocabulary defines. */
  other: Array<string>;
}

/** A document that was used, and why it can be believed. */
export interface EvidenceUse {
  /** Where it came from. */
  url: string;
  /** What it is. */
  kind: NeedKind;
  /** SHA-256 of its bytes, lower-case hex; absent when it could not be had. */
  sha256: string | null;
  /** Why it could not be had. */
  failure: Failure | null;
  /** How it was vouched for. */
  vouched: Vouched;
}

/** An endorsement that came with a credential (Open Badges 3.0, `EndorsementCredential`; 2.0, `Endorsement`). */
export interface Endorsement {
  /** What it is attached to. */
  of: Endorsed;
  /**
   * The endorsement as a credential of its own: rejected also where it is about something else than what it is
   * attached to (`recipient.match`).
   */
  report: Report;
}

/** What made a report. */
export interface Engine {
  /** "probant" */
  name: string;
  /** The crate's version. */
  version: string;
}

/** How a credential came to us. */
export type Container =
  | "unknown"
  | "json"
  | "jwt"
  | "sd-jwt"
  | "png"
  | "svg"
  | "url"
  | "pdf"
  | "html"
  | "zip"
  | "tar";

/** The credential families. */
export type Family =
  | "open-badges-3"
  | "open-badges-2"
  | "clr-2"
  | "endorsement"
  | "verifiable-credential"
  | "presentation"
  | "blockcerts"
  | "open-attestation"
  | "europass"
  | "sd-jwt-vc"
  | "collection";

/** How an issuer is known. */
export type Basis = "pinned" | "list" | "chain" | "domain" | "self";

/** Ids of checks: public API. */
export type CheckId =
  | "format.readable"
  | "format.type"
  | "format.schema"
  | "format.coverage"
  | "proof.signature"
  | "proof.purpose"
  | "proof.hosted"
  | "proof.anchor"
  | "issuer.key"
  | "issuer.profile"
  | "currency.started"
  | "currency.expiry"
  | "currency.revocation"
  | "currency.suspension"
  | "recipient.match"
  | "recipient.holder"
  | "trust.issuer"
  | "trust.scope"
  | "extra.image"
  | "extra.evidence"
  | "extra.endorsement"
  | "extra.resource"
  | "extra.results"
  | "extra.record";

/** The groups of checks. */
export type Group = "format" | "proof" | "issuer" | "currency" | "recipient" | "trust" | "extra";

/** How a check came out. */
export type Status = "passed" | "warned" | "failed" | "unknown" | "absent" | "skipped";

/** How much a check matters. */
export type Severity = "critical" | "important" | "info";

/** Why a check came out as it did. */
export type Reason =
  | "empty-input"
  | "input-too-large"
  | "not-recognized"
  | "not-utf8"
  | "json-syntax"
  | "json-truncated"
  | "json-trailing"
  | "json-duplicate-name"
  | "json-lone-surrogate"
  | "json-number-range"
  | "json-too-deep"
  | "json-too-many"
  | "not-a-credential"
  | "image-without-credential"
  | "image-damaged"
  | "image-several"
  | "image-irregular"
  | "image-also-older"
  | "svg-unsafe"
  | "pdf-not-read"
  | "pdf-locked"
  | "pdf-without-credential"
  | "pdf-pages"
  | "archive-damaged"
  | "archive-locked"
  | "encrypted"
  | "archive-unsupported"
  | "archive-without-credential"
  | "files-others"
  | "html-page"
  | "cbor-ld-not-read"
  | "health-pass"
  | "found-in-page"
  | "found-in-code"
  | "found-among"
  | "wallet-link"
  | "hosted-only"
  | "family-unsupported"
  | "context-missing"
  | "context-unknown"
  | "context-forbidden"
  | "member-missing"
  | "member-malformed"
  | "member-forbidden"
  | "member-not-covered"
  | "member-defined-inline"
  | "value-forbidden"
  | "type-unknown"
  | "date-malformed"
  | "dates-reversed"
  | "date-without-zone"
  | "schema-not-checked"
  | "schema-not-asked"
  | "schema-mismatch"
  | "schema-unsupported"
  | "schema-malformed"
  | "schema-unproven"
  | "schema-ended"
  | "digest-mismatch"
  | "resource-not-checked"
  | "type-metadata-mismatch"
  | "proof-missing"
  | "proof-malformed"
  | "proof-unsupported"
  | "proof-base"
  | "part-shown"
  | "may-be-left-out"
  | "proof-alongside"
  | "proof-too-many"
  | "proof-expired"
  | "proof-chain"
  | "chain-malformed"
  | "chain-mismatch"
  | "chain-unconfirmed"
  | "chain-unproven"
  | "chain-disagree"
  | "chain-no-sender"
  | "chain-unsupported"
  | "chain-test"
  | "signature-invalid"
  | "signature-malformed"
  | "path-invalid"
  | "purpose-mismatch"
  | "domain-mismatch"
  | "challenge-mismatch"
  | "too-complex"
  | "context-former"
  | "context-extended"
  | "suite-old-name"
  | "jwt-malformed"
  | "jwt-algorithm-forbidden"
  | "jwt-header-forbidden"
  | "jwt-claim-mismatch"
  | "disclosure-malformed"
  | "disclosure-unreferenced"
  | "disclosure-repeated"
  | "disclosure-name"
  | "disclosure-hash"
  | "key-malformed"
  | "key-weak"
  | "key-method-unsupported"
  | "key-url-malformed"
  | "key-not-found"
  | "key-not-authorized"
  | "key-not-issuer"
  | "key-not-yet"
  | "key-revoked"
  | "key-expired"
  | "key-wrong-kind"
  | "key-document-malformed"
  | "key-document-mismatch"
  | "key-self-asserted"
  | "seal-owner"
  | "seal-other"
  | "seal-chain"
  | "seal-time"
  | "seal-ended"
  | "ledger-not-asked"
  | "key-not-asked"
  | "dns-disagree"
  | "badge-part"
  | "hosted"
  | "hosted-differs"
  | "hosted-omits"
  | "hosted-gone"
  | "no-address"
  | "issuer-scope"
  | "linked-malformed"
  | "linked-other"
  | "linked-moved"
  | "linked-outside"
  | "pending"
  | "offline"
  | "blocked-by-browser"
  | "not-found"
  | "server-error"
  | "timeout"
  | "too-large"
  | "declined"
  | "url-refused"
  | "part-not-loaded"
  | "not-yet-valid"
  | "expired"
  | "expires-soon"
  | "revoked"
  | "suspended"
  | "status-message"
  | "status-refresh"
  | "status-not-asked"
  | "status-unsupported"
  | "status-malformed"
  | "status-list-malformed"
  | "status-list-unproven"
  | "status-list-ended"
  | "status-list-purpose"
  | "status-list-other"
  | "status-list-moved"
  | "status-list-short"
  | "status-index-range"
  | "status-own-meaning"
  | "status-no-id"
  | "recipient-mismatch"
  | "recipient-not-comparable"
  | "recipient-ignoring-case"
  | "recipient-weak-hash"
  | "holder-not-proven"
  | "holder-unchallenged"
  | "holder-other"
  | "self-asserted"
  | "record-covers"
  | "record-hearsay"
  | "record-other-person"
  | "record-person-open"
  | "record-unsettled"
  | "association-dangling"
  | "record-repeated"
  | "result-below"
  | "result-outside"
  | "result-undescribed"
  | "endorsement-fits"
  | "endorsement-subject"
  | "endorsement-self"
  | "endorsement-doubtful"
  | "holder-binding-invalid"
  | "holder-binding-time"
  | "holder-binding-old"
  | "holder-key-missing"
  | "issuer-not-proven"
  | "issuer-not-listed"
  | "issuer-look-alike"
  | "test-network"
  | "internal";

/** A key into the messages, and what to fill in. */
export interface Message {
  /** `reason.<code>` where there is a reason, else `check.<id>.<status>`. */
  key: string;
  /** What to fill in. */
  args: Args;
}

/**
 * Problem types of VCDM 2.0 (section 7.3.4), Data Integrity, Controlled Identifiers and Bitstring Status List, by
 * the last part of their URL.
 */
export type Problem =
  | "PARSING_ERROR"
  | "MALFORMED_VALUE_ERROR"
  | "DATA_LOSS_DETECTION_ERROR"
  | "PROOF_VERIFICATION_ERROR"
  | "CRYPTOGRAPHIC_SECURITY_ERROR"
  | "INVALID_DOMAIN_ERROR"
  | "INVALID_CHALLENGE_ERROR"
  | "PROOF_TRANSFORMATION_ERROR"
  | "INVALID_VERIFICATION_METHOD"
  | "INVALID_VERIFICATION_METHOD_URL"
  | "INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD"
  | "INVALID_CONTROLLED_IDENTIFIER_DOCUMENT"
  | "INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID"
  | "STATUS_VERIFICATION_ERROR"
  | "STATUS_LIST_LENGTH_ERROR"
  | "RANGE_ERROR";

/** The kinds of document. */
export type NeedKind =
  | "credential"
  | "did-document"
  | "issuer-profile"
  | "status-list"
  | "revocation-list"
  | "hosted-assertion"
  | "badge-class"
  | "registry"
  | "schema"
  | "resource"
  | "type-metadata"
  | "endorsement"
  | "dns-record"
  | "chain-transaction"
  | "block-header";

/** A person or body. */
export interface Party {
  /** Identifier. */
  id: string | null;
  /** Name. */
  name: string | null;
  /** Home page. */
  url: string | null;
  /** Description. */
  description: string | null;
  /** Picture. */
  image: ImageView | null;
}

/** Whom a credential was issued to. */
export interface SubjectView {
  /** The subject's id. */
  id: string | null;
  /** A name stated in the clear. */
  name: string | null;
  /** Identifiers (OB 3.0 `IdentityObject`). */
  identifiers: Array<Identifier>;
}

/** What was achieved. */
export interface AchievementView {
  /** Identifier. */
  id: string | null;
  /** Name. */
  name: string | null;
  /** Kind (`achievementType`). */
  kind: string | null;
  /** Description. */
  description: string | null;
  /** How it is earned. */
  criteria: Criteria | null;
  /** Skills and frameworks it is aligned to. */
  alignments: Array<Alignment>;
  /** Tags. */
  tags: Array<string>;
  /** Its picture. */
  image: ImageView | null;
  /** Who designed it, where that is not the issuer. */
  creator: Party | null;
  /** Language, BCP 47. */
  language: string | null;
}

/** A result of an assessment. */
export interface ResultView {
  /** The name of what was measured. */
  name: string | null;
  /** `value` */
  value: string | null;
  /** `achievedLevel`: the level's name. */
  level: string | null;
  /** `status` */
  status: string | null;
  /** `requiredValue`, or the name of the `requiredLevel`, of the description. */
  required: string | null;
  /** `resultType` of the description: `LetterGrade`, `Percent`, … */
  kind: string | null;
  /** The least value that it could have (`valueMin`). */
  least: string | null;
  /** The greatest (`valueMax`). */
  greatest: string | null;
  /** The values that it could have (`allowedValue`), from low to high. */
  allowed: Array<string>;
  /** How it compares with its description; nothing where that demands nothing. */
  fit: ResultFit | null;
  /** Skills and frameworks that the result itself is aligned to, and those of its description. */
  alignments: Array<Alignment>;
}

/** A piece of evidence. */
export interface EvidenceView {
  /** Where it is; outside the signature unless a digest is given. */
  url: string | null;
  /** Name. */
  name: string | null;
  /** Description. */
  description: string | null;
  /** Narrative, possibly Markdown. */
  narrative: string | null;
  /** What kind of thing it is (`genre`). */
  genre: string | null;
  /** For whom it was made (`audience`). */
  audience: string | null;
}

/** A picture: decoration, unless the credential carries its digest. */
export interface ImageView {
  /** An https or data URL. */
  src: string;
  /** What it shows, in words. */
  caption: string | null;
}

/** One claim. */
export interface Claim {
  /** Its name; names with full stops between them where it lies inside others, array members by number from 1. */
  name: string;
  /** What the credential's type calls it. */
  label: string | null;
  /** Its value as text. */
  value: string;
}

/** A text of the view that is there in several languages, in one of them (VCDM 2.0, section 11.1). */
export interface Translation {
  /** Which, by its path in the view: `title`, `issuer.name`, `achievement.description`, `details.0.value`, … */
  of: string;
  /** Language, BCP 47. */
  language: string;
  /** The text. */
  value: string;
}

/** What a record says beside the credentials in it. Those are the report's items, each with an answer of its own. */
export interface RecordView {
  /** Whether the publisher says that it knows of more than the record holds. */
  partial: boolean;
  /** Achievements that the record describes: its publisher's word. That they were earned, only credentials say. */
  achievements: Array<AchievementView>;
  /** How achievements belong together. */
  associations: Array<Association>;
}

/** Why a document could not be had. */
export type Failure =
  | "offline"
  | "blocked-by-browser"
  | "not-found"
  | "gone"
  | "server-error"
  | "timeout"
  | "too-large"
  | "declined"
  | "policy";

/** Why a document can be believed. */
export type Vouched = "signature" | "digest" | "transport" | "nothing";

/** What an endorsement can be attached to. */
export type Endorsed = "credential" | "achievement" | "issuer";

/** One identifier of a subject. */
export interface Identifier {
  /** `emailAddress`, `name`, `sourcedId`, … */
  kind: string;
  /** The value in the clear; absent where it is hashed. */
  value: string | null;
  /** Whether only a hash is stated. */
  hashed: boolean;
}

/** How something is earned. */
export interface Criteria {
  /** A page that describes it; outside the signature. */
  url: string | null;
  /** The description, possibly Markdown. */
  narrative: string | null;
}

/** A link to a skill or framework. */
export interface Alignment {
  /** `targetName` */
  name: string | null;
  /** `targetUrl` */
  url: string | null;
  /** `targetType` */
  kind: string | null;
  /** `targetFramework` */
  framework: string | null;
  /** `targetCode` */
  code: string | null;
}

/** How a result compares with its description (Open Badges 3.0, `ResultDescription`). */
export type ResultFit = "met" | "below" | "outside" | "undescribed" | "open";

/** How two achievements, or the credentials for them, belong together (CLR 2.0, `Association`). */
export interface Association {
  /** `associationType`: what the source is to the target; `isChildOf`, `isParentOf`, `isPartOf`, `precedes`, … */
  kind: string;
  /** The source's id. */
  source: string;
  /** The target's id. */
  target: string;
  /** Whether source and target are in the record. */
  resolved: boolean;
}

/** The host's requirements. */
export interface Policy {
  /** Whose credentials count as recognised. */
  trust?: Trust;
  /** Whom the credential should have been issued to. */
  recipient?: Recipient | null;
  /** The challenge that a presentation must answer. */
  challenge?: string | null;
  /** The domain that a presentation must name. */
  domain?: string | null;
  /** Checks that must pass: anything else in their rows makes the verdict incomplete at best. */
  require?: Array<CheckId>;
  /** Lowered guards; each makes `trust.issuer` fail. */
  dangerouslyAllow?: DangerouslyAllow;
}

/** Whose credentials count as recognised. */
export interface Trust {
  /** Issuers that the host itself vouches for. */
  pinned?: Array<Pin>;
}

/** Whom the credential should have been issued to: all that is given must fit. */
export interface Recipient {
  /** An e-mail address. */
  email?: string | null;
  /** A name. */
  name?: string | null;
  /** An identifier, such as a DID. */
  id?: string | null;
}

/** Lowered guards, for tests. */
export interface DangerouslyAllow {
  /** Look documents up at `http:` URLs and on local hosts. */
  http?: boolean;
  /** Accept anchors in test networks. */
  testNetworks?: boolean;
}

/** One issuer that the host vouches for. */
export interface Pin {
  /** The issuer's id, exactly as in its credentials: a DID or an https URL. */
  id: string;
  /** The name to show. */
  name?: string | null;
}
