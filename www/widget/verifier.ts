/** `verify` and `createVerifier`: from any input to a report. */

import type { CoreAnswer, CoreHost, CoreOptions } from "./core";
import { Dead, NoWorker, PageEngine, WorkerEngine, type Engine, type Job } from "./engine";
import type { Progress } from "./events";
import { bare, own } from "./own";
import type { Need, Policy, Report } from "./report";

/** A credential: text, an address, bytes, a file, several files, or the parsed JSON. */
export type Input = string | URL | Uint8Array | ArrayBuffer | Blob | readonly Blob[] | object;

export interface VerifyOptions {
  /** Whom to trust, and whose it should be. */
  policy?: Policy;
  /** `never` answers from what is there alone. */
  network?: "allow" | "never";
  /** The time to verify for; the clock's where it is left out. */
  now?: Date | string;
  /** Once aborted, what is not known yet counts as declined. */
  signal?: AbortSignal;
  /** Asked for each document; `undefined` leaves the look-up to the verifier. */
  onNeed?: (need: Need) => CoreAnswer | Promise<CoreAnswer>;
  onProgress?: (progress: Progress) => void;
  /**
   * Has pictures without a badge searched for QR codes, which takes a browser, and is told the texts of those found:
   * gives the one to verify, or `null` to leave it at the picture. `inside` is there for a picture at a link, or among
   * files with a name; each of these is asked about by itself.
   */
  onCodes?: (texts: readonly string[], inside?: { file?: string }) => string | null | Promise<string | null>;
}

export interface VerifierOptions extends VerifyOptions {
  /**
   * `false` runs the core in the page; an address names the worker's file. By default a worker is used where the page
   * allows one.
   */
  worker?: boolean | string | URL;
}

export interface Verifier {
  /** Never rejects for what the input is: only for misuse, or a core that cannot be loaded. */
  verify(input: Input, options?: VerifyOptions): Promise<Report>;
  /** Loads the core ahead of the first verification. */
  ready(): Promise<void>;
  /** Ends the worker. */
  dispose(): void;
}

export function createVerifier(options: VerifierOptions = {}): Verifier {
  const defaults = bare(options);
  let shared: Engine | undefined;
  let workers = defaults.worker !== false;

  const open = (): Engine => {
    if (workers && typeof Worker === "function") {
      try {
        return new WorkerEngine(typeof defaults.worker === "boolean" ? undefined : defaults.worker);
      } catch {
        workers = false;
      }
    }
    return new PageEngine();
  };

  /** Where a worker cannot be had after all, the page takes over. */
  const run = async <T>(engine: () => Engine, work: (engine: Engine) => Promise<T>): Promise<T> => {
    try {
      return await work(engine());
    } catch (error) {
      if (!(error instanceof NoWorker)) throw error;
      workers = false;
      return work(engine());
    }
  };

  const live = (): Engine => {
    if (!shared || shared.dead) shared = open();
    return shared;
  };

  const reportOn = async (job: Job): Promise<Report> => {
    try {
      return own(await run(live, (engine) => engine.run(job)));
    } catch (error) {
      if (!(error instanceof Dead)) throw error;
    }
    // An instance died with this job in it, perhaps by another's fault: once more, on an instance of its own.
    let mine: Engine | undefined;
    try {
      return own(await run(() => (mine = open()), (engine) => engine.run(job)));
    } catch (error) {
      if (!(error instanceof Dead)) throw error;
      return faultReport();
    } finally {
      mine?.close();
    }
  };

  return {
    async verify(input, more = {}) {
      const options = bare({ ...defaults, ...more });
      const { onCodes, signal } = options;
      const photographs: Blob[] = [];
      const job = await jobOf(input, options, photographs);
      if (!onCodes) return reportOn(job);
      const codeIn = async (picture: Uint8Array, inside?: { file?: string }) => {
        if (signal?.aborted) return null;
        const { codesIn } = await import("./qr/qr");
        const texts = await codesIn(picture, workers);
        const text = texts.length > 0 && !signal?.aborted && await onCodes(texts, inside);
        return text || null;
      };
      let isInside = false;
      job.host.onPicture = async (picture, file) => {
        isInside = true;
        const photograph = photographs.length > 0 && (await import("./bundle")).standsFor(picture, photographs);
        return codeIn(photograph ? await bytesOf(photograph) : picture, bare(file === undefined ? {} : { file }));
      };
      const report = await reportOn(job);
      if (isInside || signal?.aborted || !mayHoldCode(report, input)) return report;
      const text = await codeIn(job.bytes);
      return text === null ? report : reportOn({ ...job, bytes: await bytesOf(text) });
    },
    ready: () => run(live, (engine) => engine.ready()),
    dispose() {
      shared?.close();
      shared = undefined;
    },
  };
}

let common: Verifier | undefined;

/** One verification, on a verifier that all callers share. */
export function verify(input: Input, options?: VerifyOptions): Promise<Report> {
  common ??= createVerifier();
  return common.verify(input, options);
}

async function jobOf(input: Input, options: VerifyOptions, photographs: Blob[]): Promise<Job> {
  const { policy, network, now, signal, onNeed, onProgress } = options;
  const core: CoreOptions = bare({});
  if (policy) core.policy = policy;
  if (network) core.network = network;
  if (now) core.now = typeof now === "string" ? now : now.toISOString();
  const host: CoreHost = bare({});
  if (onNeed) host.onNeed = async (need) => onNeed(need);
  if (onProgress) host.onProgress = onProgress;
  if (signal) host.signal = signal;
  return { bytes: await bytesOf(input, photographs), options: core, host };
}

/** Whether it is a picture without a credential of its own; one too large for a badge may still be a photograph. */
function mayHoldCode({ checks }: Report, input: Input): boolean {
  return checks.some(({ reason }) => reason === "image-without-credential"
    || (reason === "input-too-large" && input instanceof Blob && input.type.startsWith("image/")));
}

/**
 * The input as the core takes it: it tells by the content what it is. Photographs among several files are put into
 * `photographs`, where that is given, and something short in their place.
 */
export async function bytesOf(input: Input, photographs?: Blob[]): Promise<Uint8Array> {
  if (typeof input === "string") return new TextEncoder().encode(input);
  if (input instanceof Uint8Array) return input;
  if (input instanceof ArrayBuffer) return new Uint8Array(input);
  if (input instanceof URL) return new TextEncoder().encode(input.href);
  if (input instanceof Blob) return new Uint8Array(await input.arrayBuffer());
  if (areFiles(input)) return (await import("./bundle")).bundle(input, photographs);
  return new TextEncoder().encode(JSON.stringify(input));
}

const areFiles = (input: object): input is readonly Blob[] =>
  Array.isArray(input) && input.length > 0 && input.every((one) => one instanceof Blob);

/** The report of a fault of ours: it says nothing about the credential. */
export function faultReport(now = new Date()): Report {
  return {
    schema: 1,
    verdict: null,
    headline: "internal",
    args: {},
    at: now.toISOString(),
    format: { container: "unknown", family: null, dataModel: null, securing: null, sha256: null, file: null },
    issuer: null,
    checks: [{
      id: "format.readable", group: "format", status: "unknown", severity: "critical", reason: "internal",
      message: { key: "reason.internal", args: {} }, problem: null, evidence: null,
    }],
    needs: [],
    attested: null,
    claimed: null,
    evidence: [],
    items: [],
    endorsements: [],
    engine: { name: "probant", version: "" },
  };
}
