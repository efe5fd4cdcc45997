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
  /** Resolves once the core is loaded. */
  ready(): Promise<void>;
  /** Rejects with `Dead` when the instance died meanwhile, and with another error for misuse. */
  run(job: Job): Promise<Report>;
  /** A dead instance is never used again: a trap leaves its memory in the middle of its work. */
  readonly dead: boolean;
  close(): void;
}

/** The instance trapped; whatever it was doing has no answer. */
export class Dead extends Error {}

/** No worker can be had here. */
export class NoWorker extends Error {}

export class PageEngine implements Engine {
  readonly #core: Promise<Core> = loadCore();
  dead = false;

  constructor() {
    // A core that cannot be loaded is asked for again next time.
    this.#core.catch(() => this.close());
  }

  async ready(): Promise<void> {
    await this.#core;
  }

  async run({ bytes, options, host }: Job): Promise<Report> {
    const core = await this.#core;
    try {
      return await core.verify(bytes, options, host);
    } catch (error) {
      if (isTrap(error)) this.dead = true;
      throw this.dead ? new Dead() : error;
    }
  }

  close(): void {
    this.dead = true;
  }
}

interface Waiting {
  host: CoreHost;
  resolve(report: Report): void;
  reject(error: unknown): void;
}

export class WorkerEngine implements Engine {
  readonly #worker: Worker;
  readonly #ready: Promise<void>;
  readonly #jobs = new Map<number, Waiting>();
  #next = 0;
  #started: () => void = () => undefined;
  #failed: (error: unknown) => void = () => undefined;
  dead = false;

  /** Throws where the page forbids workers. */
  constructor(address?: string | URL) {
    const options: WorkerOptions = { type: "module", name: "probant" };
    // Bundlers know the second form, and take the worker's file along.
    this.#worker = address
      ? new Worker(address, options)
      : new Worker(new URL("./worker.js", import.meta.url), { type: "module", name: "probant" });
    this.#ready = new Promise((resolve, reject) => {
      this.#started = resolve;
      this.#failed = reject;
    });
    this.#ready.catch(() => undefined);
    this.#worker.onmessage = (event: MessageEvent<FromWorker>) => this.#receive(event.data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.close();
    };
  }

  ready(): Promise<void> {
    return this.#ready;
  }

  async run({ bytes, options, host }: Job): Promise<Report> {
    await this.#ready;
    if (this.dead) throw new Dead();
    const id = this.#next++;
    host.signal?.addEventListener("abort", () => this.#send({ kind: "abort", id }));
    return new Promise((resolve, reject) => {
      this.#jobs.set(id, { host, resolve, reject });
      this.#send({ kind: "verify", id, bytes, options, reads: host.onPicture !== undefined });
    });
  }

  close(): void {
    this.dead = true;
    this.#worker.terminate();
    this.#failed(new NoWorker());
    for (const { reject } of this.#jobs.values()) reject(new Dead());
    this.#jobs.clear();
  }

  #send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  /** Puts a question to the page. Where that throws, the job is over, and the worker fetches nothing more for it. */
  async #ask<T>(id: number, question: (host: CoreHost) => Promise<T> | undefined, reply: (answer?: T) => ToWorker): Promise<void> {
    const waiting = this.#jobs.get(id);
    try {
      this.#send(reply(waiting && (await question(waiting.host))));
    } catch (error) {
      this.#jobs.delete(id);
      waiting?.reject(error);
      this.#send({ kind: "abort", id });
      this.#send(reply());
    }
  }

  #receive(message: FromWorker): void {
    if (message.kind === "ready") return this.#started();
    if (message.kind === "dead") return this.close();
    const { id } = message;
    const waiting = this.#jobs.get(id);
    switch (message.kind) {
      case "progress":
        return waiting?.host.onProgress?.(message.progress);
      case "need":
        return void this.#ask(id, (host) => host.onNeed?.(message.need), (answer) =>
          ({ kind: "answer", id, url: message.need.url, answer }));
      case "picture":
        return void this.#ask(id, (host) => host.onPicture?.(message.bytes, message.file), (text = null) =>
          ({ kind: "read", id, text }));
      default:
        this.#jobs.delete(id);
        if (message.kind === "report") waiting?.resolve(message.report);
        else waiting?.reject(new TypeError(message.message));
    }
  }
}
