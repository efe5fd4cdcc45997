/** The WASM core, as `cargo xtask build` makes it in `core/`. */

import type { Progress } from "./events";
import type { Failure, Need, Policy, Report } from "./report";

/** A document's bytes, why there is none, or `undefined`: look it up. */
export type CoreAnswer = Uint8Array | { failure: Failure } | undefined;

export interface CoreOptions {
  policy?: Policy;
  network?: "allow" | "never";
  /** RFC 3339; the clock's time where it is left out. */
  now?: string;
}

/** What of the core is loaded only where a credential takes it. */
export type PartName = "wide" | "bbs" | "files" | "chain" | "records" | "schemas";

export interface CoreHost {
  onNeed?: (need: Need) => Promise<CoreAnswer>;
  onPicture?: (bytes: Uint8Array, file: string | undefined) => Promise<string | null>;
  onProgress?: (progress: Progress) => void;
  signal?: AbortSignal;
}

export interface Core {
  verify(input: Uint8Array, options: CoreOptions, host: CoreHost): Promise<Report>;
}

/** What `core.js` exports of it. */
interface Glue {
  default(options: { module_or_path: unknown }): Promise<unknown>;
  verify(input: Uint8Array, options: CoreOptions, host: CoreHost & { loadPart: LoadPart }): Promise<Report>;
}

type LoadPart = (name: PartName) => Promise<Response>;

/** Bundlers know this form, and take the files along. */
const PARTS: Record<PartName, () => URL> = {
  wide: () => new URL("./core/wide.wasm", import.meta.url),
  bbs: () => new URL("./core/bbs.wasm", import.meta.url),
  files: () => new URL("./core/files.wasm", import.meta.url),
  chain: () => new URL("./core/chain.wasm", import.meta.url),
  records: () => new URL("./core/records.wasm", import.meta.url),
  schemas: () => new URL("./core/schemas.wasm", import.meta.url),
};

/** Longest wait for a part of the core, in milliseconds. */
const PATIENCE = 30_000;

const loadPart: LoadPart = (name) => fetch(PARTS[name](), { signal: AbortSignal.timeout(PATIENCE) });

let instances = 0;

/** A fresh instance of the core, which loads its parts from where it was loaded itself. */
export async function loadCore(): Promise<Core> {
  const wasm = fetch(new URL("./core/core.wasm", import.meta.url));
  // Without this, a core.js that cannot be loaded would leave a second rejection unheard.
  wasm.catch(() => undefined);
  const core = (await (instances === 0 ? import("./core/core.js") : again())) as Glue;
  instances++;
  await core.default({ module_or_path: wasm });
  return { verify: (input, options, host) => core.verify(input, options, { ...host, loadPart }) };
}

/** A module is evaluated once for each address, so another instance takes another address. */
function again(): Promise<unknown> {
  const address = new URL("./core/core.js", import.meta.url);
  address.searchParams.set("instance", String(instances));
  return import(/* @vite-ignore */ /* webpackIgnore: true */ address.href);
}

/** Whether an error means that the instance is dead. */
export function isTrap(error: unknown): boolean {
  // An exhausted stack is a RangeError, in Firefox an InternalError.
  return error instanceof WebAssembly.RuntimeError || error instanceof RangeError || (error as Error | null)?.name === "InternalError";
}
