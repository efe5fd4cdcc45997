/** Messages of one language, filled in. */

import { bare } from "./own";
import { clean } from "./text";

export type Lang = "en" | "fr";
export const LANGS: readonly Lang[] = ["en", "fr"];

/**
 * Messages by key. Of several wordings the first one counts whose placeholders can all be filled in; the last has none
 * that might be missing.
 */
export type Messages = Readonly<Record<string, string | readonly string[]>>;

/** One piece of a phrase: our own words, or a value that came from elsewhere. */
export type Part = string | { readonly value: string };

/** A sentence, as text and in pieces. */
export interface Phrase {
  readonly text: string;
  readonly parts: readonly Part[];
}

export interface LocaleOptions {
  /** BCP 47 tag for dates; the messages' language where it is left out. */
  locale?: string | undefined;
  /** Time zone for clock times; the reader's where it is left out. */
  timeZone?: string | undefined;
  /** What counts as today. */
  now?: Date | undefined;
}

type Values = Readonly<Record<string, string>>;

const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt]\d\d:\d\d|$)/;

export class Words {
  readonly #messages: Messages;
  readonly #options: LocaleOptions;
  readonly locale: string;

  constructor(readonly lang: string, messages: Messages, options: LocaleOptions = {}) {
    this.#messages = messages;
    this.#options = bare(options);
    this.locale = this.#options.locale ?? lang;
  }

  has(key: string): boolean {
    return Object.hasOwn(this.#messages, key);
  }

  /** The message `key`, with values from elsewhere made harmless. */
  say(key: string, values?: Values): Phrase {
    const message = this.has(key) ? this.#messages[key] : undefined;
    const wordings = typeof message === "string" ? [message] : (message ?? [key]);
    for (const wording of wordings) {
      const parts = this.#fill(wording, values);
      if (parts) return phrase(parts);
    }
    return phrase([wordings.at(-1)?.replace(/\{\w+\}/g, "\u2026") ?? key]);
  }

  /** The message `key` as text. */
  text(key: string, values?: Values): string {
    return this.say(key, values).text;
  }

  #fill(wording: string, values: Values | undefined): Part[] | null {
    const parts: Part[] = [];
    // Odd pieces are the placeholders' names.
    const pieces = wording.split(/\{(\w+)\}/);
    for (let at = 0; at < pieces.length; at++) {
      const piece = pieces[at] ?? "";
      if (at % 2 === 0) {
        // "2:02 p.m." brings the full stop along.
        const last = parts.at(-1);
        const stopped = typeof last === "object" && last.value.endsWith(".") && piece.startsWith(".");
        const text = stopped ? piece.slice(1) : piece;
        if (text) parts.push(text);
        continue;
      }
      const value = values && Object.hasOwn(values, piece) ? values[piece] : undefined;
      if (!value) return null;
      parts.push({ value: DATE_TIME.test(value) ? this.date(value) : clean(value) });
    }
    return parts;
  }

  /** The day of a date-time, as it was written, whatever the reader's time zone. */
  date(iso: string): string {
    const [, year, month, day] = DATE_TIME.exec(iso) ?? [];
    if (!year || !month || !day) return clean(iso, 40);
    const at = new Date(0);
    at.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
    return ordinal(this.#format({ dateStyle: "long", timeZone: "UTC" }).format(at), this.lang);
  }

  /** A point in time on the reader's clock: the time alone if it is today. */
  time(iso: string): string {
    const at = new Date(iso);
    if (Number.isNaN(at.getTime())) return clean(iso, 40);
    const { timeZone, now = new Date() } = this.#options;
    const zone = timeZone ? { timeZone } : {};
    // A time is never broken over two lines.
    const clock = this.#format({ timeStyle: "short", ...zone }).format(at).replace(/ /g, "\u00a0");
    const day = this.#format({ dateStyle: "long", ...zone });
    const date = ordinal(day.format(at), this.lang);
    return date === ordinal(day.format(now), this.lang)
      ? this.text("time.today", { clock })
      : this.text("time.other", { clock, date });
  }

  #format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    return new Intl.DateTimeFormat(this.locale, bare(options));
  }
}

/** French counts the first of a month. */
function ordinal(date: string, lang: string): string {
  return lang === "fr" ? date.replace(/^1(?= )/, "1er") : date;
}

function phrase(parts: readonly Part[]): Phrase {
  return { parts, text: parts.map((p) => (typeof p === "string" ? p : p.value)).join("") };
}

/** The language to use for `tags`, best first. */
export function pickLang(tags: readonly string[]): Lang {
  for (const tag of tags) {
    const found = LANGS.find((l) => tag.toLowerCase().split("-")[0] === l);
    if (found) return found;
  }
  return "en";
}
