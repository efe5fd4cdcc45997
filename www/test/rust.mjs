// The codes of the report, read from the crate's source: what the messages and the types must know.
import { readFileSync } from "node:fs";
import { www } from "./load.mjs";

const source = (name) => readFileSync(`${www}../src/report/${name}.rs`, "utf8");
const kebab = (name) => name.replace(/(?!^)[A-Z]/g, "-$&").toLowerCase();

/** Variants of an enum as serde spells them. */
function variants(text, name) {
  const [, body] = new RegExp(`pub enum ${name} \\{([^]*?)\\n\\}`).exec(text) ?? [];
  if (!body) throw new Error(`no enum ${name}`);
  const coded = [...body.matchAll(/^\s+[A-Z]\w* = "([^"]+)",/gm)].map(([, code]) => code);
  if (coded.length > 0) return coded;
  const found = [...body.matchAll(/(?:#\[serde\(rename = "([^"]+)"\)\]\s*)?^\s{4}([A-Z]\w*),/gm)];
  return found.map(([, renamed, variant]) => renamed ?? kebab(variant));
}

export const reasons = [...source("reason").matchAll(/^ {4}[A-Z]\w* = "([a-z0-9-]+)"/gm)].map(([, code]) => code);
export const headlines = variants(source("verdict"), "Headline");
export const verdicts = variants(source("verdict"), "Verdict");
export const checks = variants(source("check"), "CheckId");
export const statuses = variants(source("check"), "Status");
export const bases = variants(source("mod"), "Basis");
export const vouched = variants(source("mod"), "Vouched");
