// Builds the package (`dist/`) and the page (`dist/site/`). `cargo xtask build` makes `dist/core/` before.
import { build, transform } from "esbuild";
import { execFileSync } from "node:child_process";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { manifest } from "./manifest.mjs";

const www = fileURLToPath(new URL(".", import.meta.url));
const dist = `${www}dist`;
const site = `${dist}/site`;

/** Style sheets become text, made small first. */
const cssText = {
  name: "css-text",
  setup(to) {
    to.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

/** Messages are one object; by itself the bundler would also export each of them by name. */
const messages = {
  name: "messages",
  setup(to) {
    to.onLoad({ filter: /messages\/[\w-]+\.json$/ }, async ({ path }) => ({
      contents: `export default ${JSON.stringify(JSON.parse(await readFile(path, "utf8")))}`,
      loader: "js",
    }));
  },
};

/** The core stays a file of its own: it is made by another tool, and loaded when it is first needed. */
const coreApart = {
  name: "core-apart",
  setup(to) {
    to.onResolve({ filter: /\/core\/core\.js$/ }, ({ path }) => ({ path, external: true }));
  },
};

const options = {
  absWorkingDir: www,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  chunkNames: "[name]-[hash]",
  plugins: [cssText, messages, coreApart],
};

await mkdir(dist, { recursive: true });
for (const entry of await readdir(dist)) {
  if (entry !== "core") await rm(`${dist}/${entry}`, { recursive: true });
}

/** The licences of the libraries that are part of what was built: each asks that its text goes along. */
async function licenses(inputs) {
  const names = new Set(inputs.flatMap((path) => /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []));
  const texts = [...names].sort().map(async (name) => {
    const folder = `${www}node_modules/${name}`;
    const { version, license } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
    const files = (await readdir(folder)).filter((file) => /^licen[cs]e/i.test(file)).sort();
    if (files.length === 0) throw new Error(`${name}: no licence`);
    const bodies = await Promise.all(files.map((file) => readFile(`${folder}/${file}`, "utf8")));
    return [`${name} ${version}: ${license}`, ...bodies].map((text) => text.trim()).join("\n\n");
  });
  return `${(await Promise.all(texts)).join("\n\n\n")}\n`;
}

const tsc = (...args) => execFileSync(process.execPath, [`${www}node_modules/typescript/bin/tsc`, ...args], { cwd: www, stdio: "inherit" });
tsc("--project", "tsconfig.json");
tsc("--project", "widget/tsconfig.json");

const entry = (...names) => names.map((name) => ({ in: `widget/${name}.ts`, out: basename(name) }));
const { metafile: made } = await build({
  ...options, entryPoints: entry("index", "define", "explain", "worker", "qr/qr-worker"), outdir: dist, sourcemap: true, metafile: true,
});
await writeFile(`${dist}/third-party-licenses.txt`, await licenses(Object.keys(made.inputs)));
// Each is built by itself, so that a page loads in one step what it needs at once.
const needed = {};
for (const point of ["site/app.ts", "site/states.ts", "widget/define.ts", "widget/worker.ts", "widget/qr/qr-worker.ts"]) {
  const { metafile } = await build({ ...options, entryPoints: [point], outdir: site, entryNames: "[name]", metafile: true });
  const [file, { imports }] = Object.entries(metafile.outputs).find(([, output]) => output.entryPoint === point);
  needed[basename(file)] = imports.filter(({ kind, external }) => kind === "import-statement" && !external).map(({ path }) => basename(path));
}

await cp(`${dist}/third-party-licenses.txt`, `${site}/third-party-licenses.txt`);
// Whoever uses the messages without the element has all of a language in one file.
await mkdir(`${dist}/messages`);
for (const lang of ["en", "fr"]) {
  const [most, rare] = await Promise.all(["", "rare-"].map(async (prefix) =>
    JSON.parse(await readFile(`${www}widget/messages/${prefix}${lang}.json`, "utf8"))));
  await writeFile(`${dist}/messages/${lang}.json`, JSON.stringify({ ...most, ...rare }, null, 2) + "\n");
}
await cp(`${www}site/examples`, `${site}/examples`, { recursive: true });
for (const page of ["index.html", "states.html"]) {
  const text = await readFile(`${www}site/${page}`, "utf8");
  // What a script imports is asked for together with it.
  const early = text.replace(/<script type="module" src="([\w.]+)">/, (script, name) =>
    needed[name].map((file) => `<link rel="modulepreload" href="${file}">\n`).join("") + script);
  await writeFile(`${site}/${page}`, early.replace(/\n\s*/g, "\n"));
}
const css = await transform(await readFile(`${www}site/site.css`, "utf8"), { loader: "css", minify: true });
await writeFile(`${site}/site.css`, css.code);
await writeFile(`${dist}/custom-elements.json`, JSON.stringify(manifest(await readFile(`${www}widget/element.ts`, "utf8")), null, 2) + "\n");
if (existsSync(`${dist}/core`)) await cp(`${dist}/core`, `${site}/core`, { recursive: true, filter: (path) => !path.endsWith(".d.ts") });
else console.warn("dist/core is not there yet: cargo xtask build makes it. Until then only mock states work.");
