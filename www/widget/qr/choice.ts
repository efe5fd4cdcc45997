/** Several codes in one picture: the reader says which one counts. */

import type * as text from "../text";
import type { Words } from "../words";
import type { Make } from "./make";
import { textsIn } from "./texts";

/** More codes than this in one picture are not offered. */
const MAX_CODES = 12;

/** Longest beginning of a text that is shown: of a link, which says where it leads, and of what says little by itself. */
const MAX_LINK = 80;
const MAX_OTHER = 30;

export type ChoiceMake = Make & Pick<typeof text, "clean">;

/** Asks which of the texts in a picture to check; `file` is the picture's name among others. */
export function choice(words: Words, { h, button, clean }: ChoiceMake, texts: readonly string[], file: string | undefined, answer: (text: string) => void): HTMLElement {
  const shown = (text: string) => clean(text.replace(/^https:\/\//i, ""), /^https?:/i.test(text) ? MAX_LINK : MAX_OTHER);
  return h("div", { class: "form", role: "group", "aria-labelledby": "several" },
    h("p", { id: "several" }, file && h("bdi", null, clean(file, MAX_LINK)), file && h("br", null), textsIn(words.lang).several),
    texts.slice(0, MAX_CODES).map((text) => button(h("bdi", null, shown(text)), () => answer(text))));
}
