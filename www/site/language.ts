/** The page's own texts; the element brings its own. */

import { pickLang, type Lang } from "../widget/words";

export type Texts = Readonly<Record<string, string>>;

const FILES: Record<Lang, () => Promise<{ default: Texts }>> = {
  en: () => import("./messages/en.json"),
  fr: () => import("./messages/fr.json"),
};

/** The language that the address asks for, else the reader's. */
export const chosen = pickLang([new URLSearchParams(location.search).get("lang") ?? "", ...navigator.languages]);

// Known before the element is there, so that it loads this language and no other first.
document.documentElement.lang = chosen;

/** Puts the texts of `lang` into the document, wherever `data-t` names one. */
export async function translate(lang: Lang): Promise<Texts> {
  const texts = (await FILES[lang]()).default;
  for (const element of document.querySelectorAll<HTMLElement>("[data-t]")) {
    const text = texts[element.dataset["t"] ?? ""];
    if (text) element.textContent = text;
  }
  document.title = texts["title"] ?? document.title;
  return texts;
}
