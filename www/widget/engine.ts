/** Where the core runs: in a worker, or in the page where workers are forbidden. */

import { isTrap, loadCore, type Core, type CoreHost, type CoreOptions } from "./core";
import type { FromWorker, ToWorker } from "./protocol";
import type { Report } from "./report";

/** One verification. */
export interface Job {
  bytes: Uint8Array;
  options: CoreOptions;
  host: CoreHost;
}

export interface Engine {
  /** Rejects with [`Dead`] when the instance died meanwhile, and with another error for misuse. */
  run(job: Job): Promise<Report>;
  readonly dead: boolean;
  close(): void;
}

/** The instance trapped; whatever it was doing has no answer. */
export class Dead extends Error {}

/** No worker can be had here. */
export class NoWorker extends Error {}

export class PageEngine implements Engine {
  readonly #core: Promise<Core> = loadCore();
  readonly #fail: Set<(error: unknown) => void> = new Set();
  dead = false;

  constructor() {
    this.#core.catch(() => undefined);
  }

  async run({ bytes, options, host }: Job): Promise<Report> {
    const core = await this.#core;
    let fail: (error: unknown) => void = () => undefined;
    const trapped = new Promise<never>((_, reject) => {
      fail = reject;
    });
    this.#listen(fail, true);
    try {
      return await Promise.race([core.verify(bytes, options, host), trapped]);
    } catch (error) {
      if (isTrap(error)) this.dead = true;
      throw this.dead ? new Dead() : error;
    } finally {
      this.#listen(fail, false);
    }
  }

  close(): void {
    this.dead = true;
  }

  /** While something runs: a trap inside a promise of the core's own reaches the page's error events alone. */
  #listen(fail: (error: unknown) => void, on: boolean): void {
    if (on && this.#fail.size === 0) this.#watch("addEventListener");
    if (on) this.#fail.add(fail);
    else this.#fail.delete(fail);
    if (!on && this.#fail.size === 0) this.#watch("removeEventListener");
  }

  #watch(how: "addEventListener" | "removeEventListener"): void {
    globalThis[how]?.("error", this.#onError);
    globalThis[how]?.("unhandledrejection", this.#onError);
  }

  readonly #onError = (event: Event): void => {
    const error: unknown = "reason" in event ? event.reason : (event as ErrorEvent).error;
    if (!(error instanceof WebAssembly.RuntimeError)) return;
    event.preventDefault();
    for (const fail of this.#fail) fail(error);
  };
}

interface Waiting {
  job: Job;
  resolve(report: Report): void;
  reject(error: unknown): void;
}

export class WorkerEngine implements Engine {
  readonly #worker: Worker;
  readonly #ready: Promise<void>;
  readonly #jobs = new Map<number, Waiting>();
  #next = 0;
  #settle: { ready(): void; unready(error: unknown): void } | undefined;
  dead = false;

  /** Throws where the page forbids workers. */
  constructor(address?: string | URL) {
    this.#worker = address
      ? new Worker(address, { type: "module", name: "probant" })
      : new Worker(new URL("./worker.js", import.meta.url), { type: "module", name: "probant" });
    this.#ready = new Promise((ready, unready) => {
      this.#settle = { ready, unready };
    });
    this.#ready.catch(() => undefined);
    this.#worker.onmessage = (event: MessageEvent<FromWorker>) => this.#receive(event.data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#die();
    };
  }

  async run(job: Job): Promise<Report> {
    await this.#ready;
    if (this.dead) throw new Dead();
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#jobs.set(id, { job, resolve, reject });
      this.#send({ kind: "verify", id, bytes: job.bytes, options: job.options });
      job.host.signal?.addEventListener("abort", () => {
        if (!this.#jobs.delete(id)) return;
        this.#send({ kind: "abort", id });
        reject(aborted());
      }, { once: true });
    });
  }

  close(): void {
    this.#die();
  }

  #send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #receive(message: FromWorker): void {
    if (message.kind === "ready") this.#settle?.ready();
    else if (message.kind === "unready" || message.kind === "dead") this.#die();
    else this.#answer(message, this.#jobs.get(message.id));
  }

  #answer(message: FromWorker & { id: number }, waiting: Waiting | undefined): void {
    if (!waiting) return;
    const { id } = message;
    switch (message.kind) {
      case "report":
        this.#jobs.delete(id);
        return waiting.resolve(message.report);
      case "refused":
        this.#jobs.delete(id);
        return waiting.reject(new TypeError(message.message));
      case "progress":
        return waiting.job.host.onProgress?.(message.progress);
      case "need":
        void Promise.resolve(waiting.job.host.onNeed?.(message.need)).then((answer) =>
          this.#send({ kind: "answer", id, url: message.need.url, answer }));
    }
  }

  #die(): void {
    this.dead = true;
    this.#worker.terminate();
    this.#settle?.unready(new NoWorker());
    for (const { reject } of this.#jobs.values()) reject(new Dead());
    this.#jobs.clear();
  }
}

export function aborted(): DOMException {
  return new DOMException("The verification was given up.", "AbortError");
}
