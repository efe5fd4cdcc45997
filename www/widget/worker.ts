/** The worker: one instance of the core, serving one page. */

import { isTrap, loadCore, type CoreAnswer } from "./core";
import type { FromWorker, ToWorker } from "./protocol";

interface Scope {
  postMessage(message: FromWorker): void;
  addEventListener(type: string, listener: (event: never) => void): void;
}

const scope = globalThis as unknown as Scope;
const core = loadCore();
const aborts = new Map<number, AbortController>();
const waiting = new Map<string, (answer: CoreAnswer) => void>();
const reading = new Map<number, (text: string | null) => void>();

core.then(() => scope.postMessage({ kind: "ready" }), () => scope.postMessage({ kind: "dead" }));

scope.addEventListener("message", (event: MessageEvent<ToWorker>) => {
  const message = event.data;
  if (message.kind === "verify") void verify(message);
  else if (message.kind === "abort") aborts.get(message.id)?.abort();
  else if (message.kind === "read") reading.get(message.id)?.(message.text);
  else settle(message.id, message.url, message.answer);
});

async function verify({ id, bytes, options, reads }: ToWorker & { kind: "verify" }): Promise<void> {
  const abort = new AbortController();
  aborts.set(id, abort);
  try {
    const report = await (await core).verify(bytes, options, {
      ...(reads && { onPicture: (bytes, file) => new Promise((resolve) => {
        reading.set(id, resolve);
        scope.postMessage({ kind: "picture", id, bytes, file });
      }) }),
      signal: abort.signal,
      onProgress: (progress) => scope.postMessage({ kind: "progress", id, progress }),
      onNeed: (need) => new Promise((resolve) => {
        waiting.set(`${id} ${need.url}`, resolve);
        scope.postMessage({ kind: "need", id, need });
      }),
    });
    scope.postMessage({ kind: "report", id, report });
  } catch (error) {
    if (isTrap(error)) scope.postMessage({ kind: "dead" });
    else scope.postMessage({ kind: "refused", id, message: String(error) });
  } finally {
    aborts.delete(id);
    reading.delete(id);
  }
}

function settle(id: number, url: string, answer: CoreAnswer): void {
  const key = `${id} ${url}`;
  waiting.get(key)?.(answer);
  waiting.delete(key);
}
