// What `src/browser` takes and gives, for the declarations of the core.
import type { Failure, Need, Policy, Report } from "../types/report.js";

export interface Options {
    policy?: Policy;
    /** `never` fetches nothing; what was to be fetched counts as offline. */
    network?: "allow" | "never";
    /** The time to verify for, RFC 3339 or milliseconds since 1970; the clock's where it is left out. */
    now?: string | number;
    /** Longest wait for one document, in milliseconds; 10,000 where it is left out. */
    timeout?: number;
    /** Longest wait for all documents, in milliseconds; 15,000 where it is left out. */
    deadline?: number;
}

/** A document, or why there is none. */
export type Fetched = Uint8Array | ArrayBuffer | Failure | { bytes: Uint8Array; finalUrl?: string } | { failure: Failure };

export interface Host {
    /** Asked before anything is fetched; `undefined` lets the fetch go ahead. */
    onNeed?(need: Need): Fetched | undefined | Promise<Fetched | undefined>;
    /**
     * Shown each picture without a credential that is found at a link or among files, with the file's name: gives the
     * text of the QR code in it, or nothing.
     */
    onPicture?(bytes: Uint8Array, file: string | undefined): string | null | undefined | Promise<string | null | undefined>;
    /** Told how many documents are known of those that are needed. */
    onProgress?(progress: { round: number; known: number; total: number }): void;
    /** Once aborted, whatever is not known yet counts as declined. */
    signal?: AbortSignal;
    /** Where parts of the core are; beside it where it is left out. */
    loadPart?: PartSource;
}

/** What is loaded when it is first needed: rare algorithms and formats, and BBS signatures. */
export type PartName = "wide" | "bbs" | "files" | "chain" | "records" | "schemas";

/** Gives the bytes of a part's module. */
export type PartSource = (name: PartName) => Response | BufferSource | Promise<Response | BufferSource>;

export type Answer = { url: string; bytes: Uint8Array; finalUrl?: string } | { url: string; failure: Failure };
