/**
 * Labels of the folds, which are fetched with them: of what standards enumerate (kinds of achievements, of results and of
 * associations), of members, and of technical details.
 */

import { clean } from "../text";
import { Words } from "../words";
import en from "../vocabulary/messages/en.json";
import fr from "../vocabulary/messages/fr.json";

/** The labels in the language of `words`. */
export function vocabulary(words: Words): Words {
  return new Words(words.lang, words.lang === "fr" ? fr : en, { locale: words.locale });
}

/** The label of `code` of that `kind`; of a code that no standard has, the code itself, made harmless. */
export function labelOf(labels: Words, kind: string, code: string): string {
  const key = `${kind}.${code}`;
  return labels.has(key) ? labels.text(key) : clean(code.replace(/^ext:/, ""));
}
