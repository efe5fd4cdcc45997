// Bundles TypeScript for a test in Node.
import { build } from "esbuild";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const www = fileURLToPath(new URL("..", import.meta.url));

/** The module at `path` below `www`. */
export async function load(path) {
  const { outputFiles } = await build({
    absWorkingDir: www, entryPoints: [path], bundle: true, format: "esm", write: false, platform: "neutral", charset: "utf8",
    external: ["*/core/core.js"], loader: { ".css": "text" },
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);
}

const read = (path) => JSON.parse(readFileSync(`${www}${path}`, "utf8"));
const pair = (of) => ({ en: of("en"), fr: of("fr") });

/** What the widget says, in both languages: in most answers, in few, and of a report in all. */
export const most = pair((lang) => read(`widget/messages/${lang}.json`));
export const rare = pair((lang) => read(`widget/messages/rare-${lang}.json`));
export const messages = pair((lang) => ({ ...most[lang], ...rare[lang] }));
/** The same of the labels of the folds, of the page, and around QR codes. */
export const vocabulary = pair((lang) => read(`widget/vocabulary/messages/${lang}.json`));
export const site = pair((lang) => read(`site/messages/${lang}.json`));
export const qr = pair((lang) => read(`widget/qr/messages/${lang}.json`));
