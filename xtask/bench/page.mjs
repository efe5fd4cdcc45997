// From the start of a page to the answer, in headless Chromium on loopback: nothing is cached.
// usage: PROBANT_CHROMIUM=… node page.mjs DIST_FOLDER CASES_FOLDER

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import puppeteer from "puppeteer-core";
import { at, ms, table } from "./stats.mjs";

const [dist, cases] = process.argv.slice(2);
const LOADS = 25;
const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm", ".json": "application/json", ".html": "text/html; charset=utf-8" };

const badge = await readFile(join(cases, "proof/ok_eddsa_rdfc/input.json"), "utf8");
const PAGE = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Bench</title>
<script type="application/ld+json" id="badge">${badge}</script>
<probant-verifier for="badge" display="inline" auto="load" network="never"></probant-verifier>
<script>
document.querySelector("probant-verifier").addEventListener("probant-report", ({ detail }) => {
  const told = performance.now();
  // The frame that shows the answer has been painted when the next task runs.
  requestAnimationFrame(() => setTimeout(() => {
    window.answer = { verdict: detail.report.verdict, told, painted: performance.now() };
  }));
});
</script>
<script type="module" src="/define.js"></script>
</html>`;

const server = createServer(async (request, response) => {
  const path = normalize(new URL(request.url, "http://localhost").pathname);
  try {
    const body = path === "/" ? PAGE : await readFile(join(dist, path));
    response.writeHead(200, { "Content-Type": TYPES[path === "/" ? ".html" : extname(path)] ?? "application/octet-stream" });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const address = `http://127.0.0.1:${server.address().port}/`;

const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await puppeteer.launch({ executablePath: process.env.PROBANT_CHROMIUM, headless: true, args });
try {
  const told = [];
  const painted = [];
  for (let load = 0; load <= LOADS; load++) {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
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
