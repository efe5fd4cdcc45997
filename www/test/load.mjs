// Bundles TypeScript for a test in Node.
import { build } from "esbuild";
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
