/** What the page and the worker say to each other: bytes in, reports out. */

import type { CoreAnswer, CoreOptions } from "./core";
import type { Progress } from "./events";
import type { Need, Report } from "./report";

export type ToWorker =
  | { kind: "verify"; id: number; bytes: Uint8Array; options: CoreOptions }
  | { kind: "answer"; id: number; url: string; answer: CoreAnswer }
  | { kind: "abort"; id: number };

export type FromWorker =
  | { kind: "ready" }
  | { kind: "need"; id: number; need: Need }
  | { kind: "progress"; id: number; progress: Progress }
  | { kind: "report"; id: number; report: Report }
  | { kind: "refused"; id: number; message: string }
  /** The core could not be loaded, or trapped. */
  | { kind: "dead" };
