/** The worker that looks for codes, so that the page goes on meanwhile. It serves one reader at a time. */

import type { Plane } from "./plane";
import { glance, search } from "./search";

/** What the reader sends; it is answered with the texts found. */
export interface Task {
  plane: Plane;
  /** Whether only what is easily read counts: for live pictures. */
  live: boolean;
}

interface Scope {
  postMessage(message: readonly string[]): void;
  addEventListener(type: string, listener: (event: never) => void): void;
}

const scope = globalThis as unknown as Scope;

scope.addEventListener("message", ({ data: { plane, live } }: MessageEvent<Task>) => {
  if (!live) void search(plane, async () => undefined).then((texts) => scope.postMessage(texts));
  else {
    const text = glance(plane);
    scope.postMessage(text === null ? [] : [text]);
  }
});
