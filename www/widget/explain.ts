/** A report in words, for anyone's interface: the same words as the element's, from the same messages. */

import { textIn } from "./plain";
import type { Report } from "./report";
import { explainIn, type Explained } from "./told";
import { Words, type LocaleOptions, type Messages } from "./words";

export type { Explained, Row, RowTone, Tone } from "./told";
export type { LocaleOptions, Messages, Part, Phrase } from "./words";

export interface ExplainOptions extends LocaleOptions {
  /** The language of the messages; `en` where it is left out. */
  lang?: string;
}

/** Puts `report` into the words of `messages` (`messages/en.json`, `messages/fr.json`). */
export function explain(report: Report, messages: Messages, options: ExplainOptions = {}): Explained {
  return explainIn(report, new Words(options.lang ?? "en", messages, options));
}

/** The report as plain text, for a mail or a file. */
export function toText(report: Report, messages: Messages, options: ExplainOptions = {}): string {
  return textIn(report, new Words(options.lang ?? "en", messages, options));
}
