/**
 * The part of Markdown that narratives use: paragraphs, lists, emphasis, code and https links. Everything else stays
 * the text that it is; HTML is text. Gives data, never markup. Linear in the text's length.
 */

import { safeLink, type SafeLink } from "./link";

export type Inline =
  | { kind: "text"; text: string }
  | { kind: "code"; text: string }
  | { kind: "em" | "strong"; children: Inline[] }
  | { kind: "link"; link: SafeLink; children: Inline[] };

export type Block =
  | { kind: "p"; children: Inline[] }
  | { kind: "ul" | "ol"; items: Inline[][] }
  | { kind: "pre"; text: string };

const BULLET = /^ {0,3}[-*+] +(.*)$/;
const NUMBER = /^ {0,3}\d{1,9}[.)] +(.*)$/;
const HEADING = /^ {0,3}#{1,6} +(.*?)(?: +#+)?$/;
const FENCE = /^ {0,3}```/;
const QUOTE = /^ {0,3}> ?/;

/** Reads blocks. */
export function markdown(text: string): Block[] {
  const blocks: Block[] = [];
  let lines: string[] = [];
  const paragraph = () => {
    const joined = lines.join("\n").trim();
    if (joined) blocks.push({ kind: "p", children: inline(joined) });
    lines = [];
  };
  const all = text.split("\n");
  for (let at = 0; at < all.length; at++) {
    const line = (all[at] ?? "").replace(QUOTE, "");
    const bullet = BULLET.exec(line);
    const item = bullet ?? NUMBER.exec(line);
    const heading = HEADING.exec(line);
    if (FENCE.test(line)) {
      paragraph();
      const code: string[] = [];
      while (++at < all.length && !FENCE.test(all[at] ?? "")) code.push(all[at] ?? "");
      blocks.push({ kind: "pre", text: code.join("\n") });
    } else if (item) {
      paragraph();
      const kind = bullet ? "ul" : "ol";
      const last = blocks.at(-1);
      const children = inline(item[1] ?? "");
      if (last?.kind === kind) last.items.push(children);
      else blocks.push({ kind, items: [children] });
    } else if (heading) {
      paragraph();
      blocks.push({ kind: "p", children: [{ kind: "strong", children: inline(heading[1] ?? "") }] });
    } else if (line.trim() === "") {
      paragraph();
    } else {
      lines.push(line);
    }
  }
  paragraph();
  return blocks;
}

/** Deepest emphasis inside emphasis. */
const MAX_DEPTH = 4;

/** What may stand behind a backslash. */
const ESCAPED = /[\\`*_[\]()#+\-.!<>{}]/;

/** Reads what stands in a line. */
export function inline(text: string, depth = 0): Inline[] {
  const out: Inline[] = [];
  let plain = "";
  const flush = () => {
    if (plain) out.push({ kind: "text", text: plain });
    plain = "";
  };
  // A closing mark that is nowhere further on is looked for once only: that keeps the work linear.
  const gone = new Set<string>();
  const find = (mark: string, from: number) => {
    if (gone.has(mark)) return -1;
    const at = text.indexOf(mark, from);
    if (at < 0) gone.add(mark);
    return at;
  };
  for (let at = 0; at < text.length; ) {
    const [found, end] = token(text, at, depth, find);
    if (typeof found === "string") {
      plain += found;
    } else {
      flush();
      out.push(found);
    }
    at = end;
  }
  flush();
  return out;
}

/** What begins at `at`, a node or plain text, and where it ends. */
function token(text: string, at: number, depth: number, find: (mark: string, from: number) => number): [Inline | string, number] {
  const char = text[at] ?? "";
  const next = text[at + 1] ?? "";
  if (char === "\\" && ESCAPED.test(next)) return [next, at + 2];
  if (char === "`") {
    const end = find("`", at + 1);
    if (end > at + 1) return [{ kind: "code", text: text.slice(at + 1, end) }, end + 1];
  } else if ((char === "*" || char === "_") && depth < MAX_DEPTH) {
    const mark = next === char ? char + char : char;
    const start = at + mark.length;
    const end = opens(text, at, start) ? find(mark, start + 1) : -1;
    if (end < 0 || !closes(text, end, mark)) return [mark, start];
    return [{ kind: mark.length === 2 ? "strong" : "em", children: inline(text.slice(start, end), depth + 1) }, end + mark.length];
  } else if (char === "[" && depth < MAX_DEPTH) {
    const middle = find("](", at + 1);
    const end = middle < 0 ? -1 : find(")", middle + 2);
    const link = end < 0 || middle - at > 500 ? null : safeLink(text.slice(middle + 2, end).trim());
    if (link) return [{ kind: "link", link, children: inline(text.slice(at + 1, middle), MAX_DEPTH) }, end + 1];
  } else if (char === "<" && text.startsWith("<https://", at)) {
    const end = find(">", at);
    const link = end < 0 ? null : safeLink(text.slice(at + 1, end));
    if (link) return [{ kind: "link", link, children: [] }, end + 1];
  }
  return [char, at + 1];
}

/** A mark opens before a letter, and an underscore not inside a word. */
function opens(text: string, at: number, start: number): boolean {
  const inWord = text[at] === "_" && /[\p{L}\p{N}]/u.test(text[at - 1] ?? " ");
  return !inWord && /\S/.test(text[start] ?? " ");
}

function closes(text: string, end: number, mark: string): boolean {
  const inWord = mark[0] === "_" && /[\p{L}\p{N}]/u.test(text[end + mark.length] ?? " ");
  return !inWord && /\S/.test(text[end - 1] ?? " ");
}
