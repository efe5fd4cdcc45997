// A browser, a server and a page for one test file, and what every page must keep to.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before } from "node:test";
import { launch } from "./browser.mjs";
import { www } from "./load.mjs";
import { serve } from "./server.mjs";

const axeSource = await readFile(`${www}node_modules/axe-core/axe.min.js`, "utf8");

/** Starts a browser for the tests of a file, with what `more` gives as further arguments. */
export function useBrowser(more = async () => []) {
  const box = {};
  before(async () => Object.assign(box, await launch(await more())));
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
    await page.setViewport(viewport ?? { width: 1_000, height: 900 });
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

/** Waits until every element on the page has its words, which come in a file of their own. */
async function painted(page) {
  const all = () => page.evaluate(() =>
    [...document.querySelectorAll("probant-verifier")].every(({ shadowRoot }) => !shadowRoot || shadowRoot.childElementCount > 0));
  for (const end = Date.now() + 10_000; !(await all()); ) {
    assert.ok(Date.now() < end, "an element shows nothing");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

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
  await page.waitForFunction((s) => document.querySelector(s)?.report, { timeout: 10_000 }, selector);
  return page.evaluate((s) => JSON.parse(JSON.stringify(document.querySelector(s).report)), selector);
}

/** The element's visible text. */
export const shownText = (page, selector = "probant-verifier") =>
  page.evaluate((s) => document.querySelector(s).shadowRoot.querySelector("[part=panel]").innerText, selector);
