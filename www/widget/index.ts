/** Probant in a page: verification, the element's class, and a report in words. Nothing is registered on import. */

export { ProbantVerifierElement } from "./element";
export {
  ProbantNeedEvent, ProbantProgressEvent, ProbantReportEvent, ProbantToggleEvent,
  type NeedAnswer, type ProbantEventMap, type Progress,
} from "./events";
export { explain, toText, type Explained, type ExplainOptions, type Row, type RowTone, type Tone } from "./explain";
export { createVerifier, verify, type Input, type Verifier, type VerifierOptions, type VerifyOptions } from "./verifier";
export type { CoreAnswer } from "./core";
export type { LocaleOptions, Messages, Part, Phrase } from "./words";
export type * from "./report";
