/** One language at a time: each is a file of its own, loaded when it is first needed. */

import { pickLang, Words, type Lang, type Messages } from "./words";

type Loaded = { default: Messages };

const FILES: Record<Lang, () => Promise<Loaded>> = {
  en: () => import("./messages/en.json") as Promise<Loaded>,
  fr: () => import("./messages/fr.json") as Promise<Loaded>,
};

/** Where the reader names no region. */
const FALLBACK: Record<Lang, string> = { en: "en", fr: "fr-CA" };

const loaded = new Map<Lang, Promise<Messages>>();

export function messages(lang: Lang): Promise<Messages> {
  let found = loaded.get(lang);
  if (!found) {
    found = FILES[lang]().then((module) => module.default);
    // A failed load is tried again next time.
    found.catch(() => loaded.delete(lang));
    loaded.set(lang, found);
  }
  return found;
}

/** The words for a page's language tag, else the reader's; dates as the reader's own region writes them. */
export async function wordsFor(tag: string | null): Promise<Words> {
  const reader = globalThis.navigator?.languages ?? [];
  const lang = pickLang(tag ? [tag, ...reader] : reader);
  const regional = tag?.includes("-") ? [tag, ...reader] : reader;
  const locale = regional.find((t) => t.toLowerCase().startsWith(`${lang}-`)) ?? FALLBACK[lang];
  return new Words(lang, await messages(lang), { locale });
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
