/** Reads codes in a worker, or in the page where it may have none. */

import type { Plane } from "./plane";
import type { Task } from "./qr-worker";

/** Longest wait for the worker, in milliseconds. A picture of eight million pixels takes a slow telephone a few seconds. */
const PATIENCE = 20_000;

export interface Reader {
  /** The texts of the codes in a picture; `live` where the next picture comes at once. One call at a time. */
  read(plane: Plane, live: boolean): Promise<readonly string[]>;
  close(): void;
}

export function openReader(mayUseWorker: boolean): Reader {
  if (mayUseWorker && typeof Worker === "function") {
    try {
      return new WorkerReader();
    } catch {
      // The page forbids workers, or comes from another site than this script.
    }
  }
  return pageReader;
}

/** In slices: the page may do something else between two forms of a picture. */
const pageReader: Reader = {
  async read(plane, live) {
    const { glance, search } = await import("./search");
    if (!live) return search(plane, () => new Promise((resolve) => setTimeout(resolve)));
    const text = glance(plane);
    return text === null ? [] : [text];
  },
  close() {},
};

class WorkerReader implements Reader {
  #worker: Worker | null = new Worker(new URL("./qr-worker.js", import.meta.url), { type: "module", name: "probant-qr" });

  async read(plane: Plane, live: boolean): Promise<readonly string[]> {
    const worker = this.#worker;
    if (!worker) return pageReader.read(plane, live);
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      return await new Promise<readonly string[]>((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<readonly string[]>) => resolve(data);
        worker.onerror = (event) => {
          event.preventDefault();
          reject(event);
        };
        timer = setTimeout(() => {
          this.close();
          resolve([]);
        }, PATIENCE);
        worker.postMessage({ plane, live } satisfies Task);
      });
    } catch {
      // It could not be loaded after all.
      this.close();
      return pageReader.read(plane, live);
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.#worker?.terminate();
    this.#worker = null;
  }
}
