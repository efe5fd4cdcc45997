/** What the page and the worker say to each other: bytes in, reports out. */

import type { CoreAnswer, CoreOptions } from "./core";
import type { Progress } from "./events";
import type { Need, Report } from "./report";

export type ToWorker =
  | { kind: "verify"; id: number; bytes: Uint8Array; options: CoreOptions; reads: boolean }
  | { kind: "answer"; id: number; url: string; answer: CoreAnswer }
  /** What was read in the picture that was shown last. */
  | { kind: "read"; id: number; text: string | null }
  | { kind: "abort"; id: number };

export type FromWorker =
  | { kind: "ready" }
  | { kind: "need"; id: number; need: Need }
  | { kind: "picture"; id: number; bytes: Uint8Array; file: string | undefined }
  | { kind: "progress"; id: number; progress: Progress }
  | { kind: "report"; id: number; report: Report }
  | { kind: "refused"; id: number; message: string }
  /** The core could not be loaded, or trapped. */
  | { kind: "dead" };
