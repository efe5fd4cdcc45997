import { append, h, icon, type Child, type IconName } from "../dom";
import type { Explained, RowTone, Row } from "../told";
import type { Report } from "../report";
import type { Words } from "../words";

/** What the views of one report share. */
export interface Scene {
  words: Words;
  report: Report;
  told: Explained;
  /** Folds that the reader opened; kept over a change of language. */
  open: Set<string>;
  /** Distinguishes the folds of credentials inside one another. */
  path: string;
  actions: Actions;
}

/** What the reader can do with a report. */
export interface Actions {
  /** Whom to compare with; `null` where the page has settled that. */
  compare: ((person: string) => void) | null;
  /** The name or address that it was compared with last. */
  person: string;
  /** Verifies once more. */
  again: () => void;
  /** Whether to offer that beside the other actions. */
  offersAgain: boolean;
  /** Copies a text; says whether that worked. */
  copy: (text: string) => Promise<boolean>;
  /** The result as text. */
  text: () => string;
  save: () => void;
  /** The independent page with this credential in its fragment; `here` where that is this page. */
  link: { href: string; here: boolean } | null;
  another: (() => void) | null;
}

/** A fold that stays as the reader left it. Its content is built when it is first opened. */
export function fold(scene: Scene, key: string, part: string, summary: Child, content: () => Child | Promise<Child>): HTMLElement {
  const name = `${scene.path}/${key}`;
  const inner = h("div", { class: "fold" });
  const details = h("details", { part }, h("summary", null, summary), inner);
  const build = async () => {
    if (inner.firstChild) return;
    const made = content();
    if (!(made instanceof Promise)) return void append(inner, [made]);
    const child = await made.catch(() => null);
    if (!inner.firstChild) append(inner, [child]);
  };
  details.addEventListener("toggle", () => {
    if (details.open) scene.open.add(name);
    else scene.open.delete(name);
    void build();
  });
  if (scene.open.has(name)) {
    details.open = true;
    void build();
  }
  return details;
}

const SHAPES: Record<RowTone, IconName> = {
  good: "good", plain: "plain", caution: "caution", bad: "bad", unknown: "unknown", none: "none",
};

/** The mark before a row: its shape says how the check came out, with or without colour. */
export function mark(row: Pick<Row, "status" | "tone">, words: Words): Child {
  const shape = row.status === "warned" ? "note" : SHAPES[row.tone];
  return h("span", { class: `mark ${row.tone}`, part: "check-status" }, icon(shape), h("span", { class: "sr" }, words.text(`status.${row.status}`), ". "));
}

/** A list of terms, empty ones left out. */
export function terms(part: string | null, ...rows: [string, Child, string?][]): HTMLElement {
  return h("dl", { part }, rows.filter(([, value]) => hasContent(value)).map(([term, value, own]) =>
    h("div", { part: own ?? null }, h("dt", null, term), h("dd", null, value))));
}

function hasContent(value: Child): boolean {
  return Array.isArray(value) ? value.some((v) => hasContent(v as Child)) : Boolean(value);
}
