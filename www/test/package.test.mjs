// The package as it is published: importable in Node, complete, and described by its own manifest.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { messages, www } from "./load.mjs";

const pkg = JSON.parse(readFileSync(`${www}package.json`, "utf8"));
const manifest = JSON.parse(readFileSync(`${www}dist/custom-elements.json`, "utf8"));

test("the modules can be imported where there is no DOM, and do nothing there", async () => {
  const probant = await import(`${www}dist/index.js`);
  assert.deepEqual(Object.keys(probant).sort(), ["ProbantNeedEvent", "ProbantProgressEvent", "ProbantReportEvent", "ProbantToggleEvent",
    "ProbantVerifierElement", "createVerifier", "explain", "toText", "verify"]);
  await import(`${www}dist/define.js`);
  const { explain } = await import(`${www}dist/explain.js`);
  assert.equal(explain, probant.explain);
});

test("every export names a file that is there", () => {
  const targets = Object.values(pkg.exports).flatMap((target) => (typeof target === "string" ? [target] : Object.values(target)));
  for (const target of targets) assert.ok(existsSync(www + target.replace("*", "en.json")), target);
});

test("the package holds what is exported and no source", () => {
  const [{ files }] = JSON.parse(execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: www, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  const paths = files.map((file) => file.path);
  for (const needed of ["dist/index.js", "dist/define.js", "dist/worker.js", "dist/qr-worker.js", "dist/third-party-licenses.txt", "dist/core/core.wasm", "dist/core/wide.wasm", "dist/core/bbs.wasm", "dist/core/records.wasm", "dist/core/files.wasm", "dist/core/chain.wasm", "dist/core/schemas.wasm", "dist/core/core.js", "dist/messages/fr.json",
    "dist/types/index.d.ts", "dist/custom-elements.json", "react.d.ts"]) assert.ok(paths.includes(needed), needed);
  assert.deepEqual(paths.filter((path) => !/^(?:dist\/|package\.json$|react\.d\.ts$|README|LICENSE)/.test(path) || path.startsWith("dist/site")), []);
  assert.equal(pkg.dependencies, undefined);
  for (const lang of ["en", "fr"]) assert.deepEqual(JSON.parse(readFileSync(`${www}dist/messages/${lang}.json`, "utf8")), messages[lang]);
  // What is bundled brings its licence along; what only tests use does not.
  assert.match(readFileSync(`${www}dist/third-party-licenses.txt`, "utf8"), /^qr \d[^]*Permission is hereby granted/);
  assert.doesNotMatch(readFileSync(`${www}dist/third-party-licenses.txt`, "utf8"), /uqr|axe-core|puppeteer/);
});

test("the manifest describes the element", () => {
  const [{ attributes, events, slots, cssProperties, tagName }] = manifest.modules[0].declarations;
  const source = readFileSync(`${www}widget/element.ts`, "utf8");
  assert.equal(tagName, "probant-verifier");
  const named = attributes.map((a) => a.name);
  const [, observed] = /observedAttributes = \[([^]*?)\]/.exec(source);
  const [, reflected] = /const REFLECTED = \[([^]*?)\]/.exec(readFileSync(`${www}widget/attributes.ts`, "utf8"));
  const used = new Set([...`${observed}${reflected}`.matchAll(/"([\w-]+)"/g)].map(([, name]) => name));
  assert.deepEqual([...used].filter((name) => !named.includes(name)), []);
  assert.deepEqual(events.map((e) => e.name), ["probant-need", "probant-progress", "probant-report", "probant-toggle"]);
  assert.deepEqual(slots.map((s) => s.name), ["", "label", "icon", "actions", "footer"]);
  const css = readFileSync(`${www}widget/styles.css`, "utf8");
  const properties = [...new Set([...css.matchAll(/--probant-[\w-]+/g)].map(([name]) => name))].sort();
  assert.deepEqual(cssProperties.map((p) => p.name).sort(), properties);
});

test("the declarations serve a TypeScript program", () => {
  const dir = mkdtempSync(join(tmpdir(), "probant-types-"));
  try {
    execFileSync("mkdir", ["-p", `${dir}/node_modules`]);
    symlinkSync(www.replace(/\/$/, ""), `${dir}/node_modules/probant`);
    writeFileSync(`${dir}/main.ts`, `
      import "probant/define";
      import { createVerifier, explain, verify, type Report, type Verdict } from "probant";
      import en from "probant/messages/en.json";
      const verifier = createVerifier({ network: "never", policy: { trust: { pinned: [{ id: "did:web:a.example", name: "A" }] } } });
      const report: Report = await verifier.verify(new Blob());
      const verdict: Verdict | null = report.verdict;
      console.log(verdict, explain(report, en).rows.map((row) => row.sentence.text));
      const element = document.createElement("probant-verifier");
      element.addEventListener("probant-need", (event) => event.respondWith({ failure: "offline" }));
      element.addEventListener("probant-report", (event) => console.log(event.detail.report.headline));
      element.credential = await (await fetch("x")).json();
      element.display = "inline";
      // @ts-expect-error no such option
      void verify("x", { netwrk: "never" });
    `);
    execFileSync(process.execPath, [`${www}node_modules/typescript/bin/tsc`, "--ignoreConfig", "--noEmit", "--strict", "--target", "es2022", "--module", "esnext",
      "--moduleResolution", "bundler", "--resolveJsonModule", "--types", "", `${dir}/main.ts`], { stdio: "pipe", encoding: "utf8" });
  } catch (error) {
    assert.fail(error.stdout ?? error);
  } finally {
    rmSync(dir, { recursive: true });
  }
});
