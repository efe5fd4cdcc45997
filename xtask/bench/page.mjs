// From the start of the page to the answer, in headless Chromium on loopback: nothing is cached, and the badge is in
// the page's address.
// usage: PROBANT_CHROMIUM=… node page.mjs SITE_FOLDER CASES_FOLDER

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import puppeteer from "puppeteer-core";
import { at, ms, table } from "./stats.mjs";

const [site, cases] = process.argv.slice(2);
const LOADS = 25;
const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

const badge = JSON.stringify(JSON.parse(await readFile(join(cases, "proof/ok_eddsa_rdfc/input.json"), "utf8")));

const server = createServer(async (request, response) => {
  const path = normalize(new URL(request.url, "http://localhost").pathname);
  const file = path === "/" ? "index.html" : path;
  try {
    const body = await readFile(join(site, file));
    response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream" });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const address = `http://127.0.0.1:${server.address().port}/#c=${Buffer.from(badge).toString("base64url")}`;

/** Runs in the page before anything else. */
function listen() {
  document.addEventListener("probant-report", ({ detail }) => {
    const told = performance.now();
    // The frame that shows the answer has been painted when the next task runs.
    requestAnimationFrame(() => setTimeout(() => {
      window.answer = { verdict: detail.report.verdict, told, painted: performance.now() };
    }));
  });
}

const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await puppeteer.launch({ executablePath: process.env.PROBANT_CHROMIUM, headless: true, args });
try {
  const told = [];
  const painted = [];
  for (let load = 0; load <= LOADS; load++) {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.evaluateOnNewDocument(listen);
    await page.goto(address);
    const answer = await (await page.waitForFunction("window.answer", { timeout: 20_000 })).jsonValue();
    if (answer.verdict !== "unrecognized") throw new Error(`the page says ${answer.verdict}`);
    // The first load also starts the browser's own machinery.
    if (load > 0) {
      told.push(answer.told);
      painted.push(answer.painted);
    }
    await context.close();
  }
  told.sort((a, b) => a - b);
  painted.sort((a, b) => a - b);
  table([
    [`page start to answer, ${LOADS} first visits`, "median", "p10", "p90"],
    ["report made", ...[0.5, 0.1, 0.9].map((share) => ms(at(told, share)))],
    ["report painted", ...[0.5, 0.1, 0.9].map((share) => ms(at(painted, share)))],
  ]);
} finally {
  await browser.close();
  server.close();
}
