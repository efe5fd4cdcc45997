/**
 * One language at a time, and of each what most answers take before what few do: files of their own, loaded when they are
 * first needed.
 */

import type { Report } from "./report";
import { pickLang, Words, type Lang, type Messages } from "./words";

type Loaded = { default: Messages };
type Files = Record<Lang, () => Promise<Loaded>>;

const MOST: Files = {
  en: () => import("./messages/en.json") as Promise<Loaded>,
  fr: () => import("./messages/fr.json") as Promise<Loaded>,
};

const RARE: Files = {
  en: () => import("./messages/rare-en.json") as Promise<Loaded>,
  fr: () => import("./messages/rare-fr.json") as Promise<Loaded>,
};

/** Whether an answer has taken rare messages. */
let takesRare = false;

/** Where the reader names no region. */
const FALLBACK: Record<Lang, string> = { en: "en", fr: "fr-CA" };

const loaded = new Map<() => Promise<Loaded>, Promise<Messages>>();

function load(file: () => Promise<Loaded>): Promise<Messages> {
  let found = loaded.get(file);
  if (!found) {
    found = file().then((module) => module.default);
    // A failed load is tried again next time.
    found.catch(() => loaded.delete(file));
    loaded.set(file, found);
  }
  return found;
}

/**
 * The words for a page's language tag, else the reader's, with all that `report` says; dates as the reader's own region
 * writes them.
 */
export async function wordsFor(tag: string | null, report: Report | null): Promise<Words> {
  const reader = globalThis.navigator?.languages ?? [];
  const lang = pickLang(tag ? [tag, ...reader] : reader);
  const regional = tag?.includes("-") ? [tag, ...reader] : reader;
  const locale = regional.find((t) => t.toLowerCase().startsWith(`${lang}-`)) ?? FALLBACK[lang];
  const words = (more?: Messages) => new Words(lang, { ...most, ...more }, { locale });
  const most = await load(MOST[lang]);
  takesRare ||= report !== null && !says(words(), report);
  // Without them the answer stands, and its rows say no more than how each check came out.
  return words(takesRare ? await load(RARE[lang]).catch(() => undefined) : undefined);
}

/** Whether there is a sentence for each row of a report. */
function says(words: Words, { checks, items, endorsements }: Report): boolean {
  return checks.every(({ message }) => words.has(message.key))
    && [...items, ...endorsements.map((one) => one.report)].every((inside) => says(words, inside));
}

/** The language that an element inherits, through shadow roots. */
export function inheritedLang(element: Element): string | null {
  for (let at: Element | null = element; at; ) {
    const own: Element | null = at.closest("[lang]");
    const lang = own?.getAttribute("lang");
    if (lang) return lang;
    const root: Node = (own ?? at).getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return null;
}
