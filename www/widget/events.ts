import type { Failure, Need, Report } from "./report";
import type { Via } from "./run";

const Base: typeof Event = globalThis.Event ?? (class {} as unknown as typeof Event);

/** A document, or why there is none. */
export type NeedAnswer = Uint8Array | Response | { failure: Failure };

/**
 * `probant-need`: the verification wants a document. Call `respondWith` to answer it yourself, or `preventDefault` to
 * refuse it; otherwise the element looks it up, as its `network` attribute allows.
 */
export class ProbantNeedEvent extends Base {
  #answer: Promise<NeedAnswer> | undefined;

  constructor(readonly need: Need) {
    super("probant-need", { bubbles: true, composed: true, cancelable: true });
  }

  get detail(): { need: Need } {
    return { need: this.need };
  }

  respondWith(answer: NeedAnswer | Promise<NeedAnswer>): void {
    this.#answer = Promise.resolve(answer);
    this.preventDefault();
  }

  /** What `respondWith` was given. */
  get answer(): Promise<NeedAnswer> | undefined {
    return this.#answer;
  }
}

export interface Progress {
  /** Counts from 1. */
  round: number;
  /** Documents that are there, or known not to be. */
  known: number;
  /** Documents asked for so far. */
  total: number;
}

/** `probant-progress`: how far the look-ups are. */
export class ProbantProgressEvent extends Base {
  constructor(readonly detail: Progress) {
    super("probant-progress", { bubbles: true, composed: true });
  }
}

/** `probant-report`: the answer is there. It is information for the page, and no proof to anybody else. */
export class ProbantReportEvent extends Base {
  constructor(readonly report: Report, readonly via: Via = null) {
    super("probant-report", { bubbles: true, composed: true });
  }

  /** `via` says where the QR code was that held what the report is about. */
  get detail(): { report: Report; via: Via } {
    return { report: this.report, via: this.via };
  }
}

/** `probant-toggle`: the dialog opened or closed. */
export class ProbantToggleEvent extends Base {
  constructor(readonly open: boolean) {
    super("probant-toggle", { bubbles: true, composed: true });
  }

  get detail(): { open: boolean } {
    return { open: this.open };
  }
}

export interface ProbantEventMap {
  "probant-need": ProbantNeedEvent;
  "probant-progress": ProbantProgressEvent;
  "probant-report": ProbantReportEvent;
  "probant-toggle": ProbantToggleEvent;
}
