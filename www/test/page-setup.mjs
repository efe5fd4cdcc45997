// A browser, a server and a page for one test file, and what every page must keep to.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { launch } from "./browser.mjs";
import { www } from "./load.mjs";
import { serve } from "./server.mjs";

const axeSource = await readFile(`${www}node_modules/axe-core/axe.min.js`, "utf8");

/** Starts a browser for the tests of a file, with what `more` gives as further arguments. */
export function useBrowser(more = async () => [], start = launch) {
  const box = {};
  before(async () => Object.assign(box, await start(await more())));
  after(() => box.close?.());
  return box;
}

/**
 * Opens a page on a server of its own, runs `work`, and holds the page to the rules: no policy violation, no error on
 * the console, no exception, and no request that leaves the server.
 */
export async function withPage(box, { path = "/", root = `${www}dist/site`, viewport, media, allow = {}, before: prepare, ...options }, work) {
  const server = await serve(root, options);
  const context = await box.browser.createBrowserContext();
  const page = await context.newPage();
  const faults = [];
  const outside = [];
  page.on("console", (message) => message.type() === "error" && !allow.console?.test(message.text()) && faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`exception: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(server.origin) && !/^(?:data|blob):/.test(url)) outside.push(url);
  });
  try {
    await page.setViewport(viewport ?? { width: 1_000, height: 900 }).catch((error) => {
      // Firefox takes the size all the same.
      if (!error.message.includes("setScreenOrientationOverride")) throw error;
    });
    if (media) await page.emulateMediaFeatures(Object.entries(media).map(([name, value]) => ({ name, value })));
    await prepare?.(page, server);
    await page.goto(server.origin + path, { waitUntil: "load" });
    await painted(page);
    await work(page, server, { outside });
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual(faults, []);
    if (!allow.reports) assert.deepEqual(server.reports, []);
    if (!allow.outside) assert.deepEqual(outside, []);
  } finally {
    await context.close();
    await server.close();
  }
}

/** Waits until `work` holds in the page. Asked from outside: a policy may forbid the page itself to be given code. */
export async function until(page, work, ...args) {
  for (const end = Date.now() + 10_000; !(await page.evaluate(work, ...args)); ) {
    assert.ok(Date.now() < end, `never came: ${work}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Waits until every element on the page has its words, which come in a file of their own. */
const painted = (page) => until(page, () =>
  [...document.querySelectorAll("probant-verifier")].every(({ shadowRoot }) => !shadowRoot || shadowRoot.childElementCount > 0));

/** Asserts that axe finds nothing to complain of. */
export async function accessible(page, what) {
  // Through the debugger, which the page's policy does not concern.
  if (!(await page.evaluate("typeof axe === 'object'"))) await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    return violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target.join(" ")} ${n.failureSummary}`).join(" | ")}`);
  });
  assert.deepEqual(found, [], what);
}

/** Waits until the element has settled; gives its report. */
export async function settled(page, selector = "probant-verifier") {
  await until(page, (s) => document.querySelector(s)?.report != null, selector);
  return page.evaluate((s) => JSON.parse(JSON.stringify(document.querySelector(s).report)), selector);
}

/** The element's visible text. */
export const shownText = (page, selector = "probant-verifier") =>
  page.evaluate((s) => document.querySelector(s).shadowRoot.querySelector("[part=panel]").innerText, selector);

/** Runs `work` in the page, with the element, its root, and `args` that JSON can write; nothing of the test's own is there. */
export const inElement = (page, work, ...args) => page.evaluate(`{
  const verifier = document.querySelector("probant-verifier");
  (${work})(verifier, verifier.shadowRoot, ...${JSON.stringify(args)});
}`);

/** Waits for the form. */
export const form = (page) => until(page, () => document.querySelector("probant-verifier").shadowRoot?.querySelector("textarea") != null);

/** Opens every fold, and those inside others. */
export const openAll = (page) => inElement(page, async (_, root) => {
  for (let depth = 0; depth < 4; depth++) {
    for (const fold of root.querySelectorAll("details")) fold.open = true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
});

/** Chooses the files at `paths` in the form. */
export async function choose(page, ...paths) {
  await form(page);
  const [chooser] = await Promise.all([
    page.waitForFileChooser(),
    inElement(page, (_, root) => [...root.querySelectorAll("button")].find((b) => /^(Choose a file|Choisir un fichier)$/.test(b.textContent)).click()),
  ]);
  await chooser.accept(paths);
}

/** Writes files that are gone after the tests of a file; gives each one's path. */
export function useFiles() {
  const folder = mkdtempSync(join(tmpdir(), "probant-files-"));
  after(() => rmSync(folder, { recursive: true }));
  return (name, bytes = null) => {
    const path = join(folder, name);
    if (bytes !== null) writeFileSync(path, bytes);
    return path;
  };
}

/** Answers requests that leave the server by `answers`, and refuses what is not there; `asked` notes them all. */
export const answering = (answers, asked = []) => async (page, server) => {
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    const url = request.url();
    if (url.startsWith(server.origin) || /^(?:data|blob):/.test(url)) return request.continue();
    asked.push(url);
    const answer = answers[url];
    return answer ? request.respond({ status: 200, headers: { "Access-Control-Allow-Origin": "*" }, ...answer }) : request.abort("connectionrefused");
  });
};

/** A host page with `body`, whose script is beside it. */
export const hostPage = (body, lang = "en") => `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>Test</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<script type="module" src="/define.js"></script></head><body><main><h1>Test</h1>${body}</main></body></html>`;

/** The same in both languages, by path. */
export const hostPages = (body) => ({ "/en.html": hostPage(body, "en"), "/fr.html": hostPage(body, "fr") });
