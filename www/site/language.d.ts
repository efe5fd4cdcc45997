/** The page's own texts; the element brings its own. */
import type { Lang } from "../widget/words";
export type Texts = Readonly<Record<string, string>>;
/** Puts the texts of `lang` into the document, wherever `data-t` names one. */
export declare function translate(lang: Lang): Promise<Texts>;
