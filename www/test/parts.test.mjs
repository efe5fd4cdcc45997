// The core in several modules: what is in which, and that a part is loaded where a credential takes it, once.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { www } from "./load.mjs";
import { settled, useBrowser, withPage } from "./page-setup.mjs";
import { WITH_WORKER } from "./server.mjs";
import { badge, issuer } from "./sign.mjs";

const module = (name) => readFileSync(`${www}dist/core/${name}.wasm`);
const golden = (name) => readFileSync(`${www}../tests/cases/algorithm/${name}/input.json`, "utf8");
const college = issuer("college");
const ed25519 = JSON.stringify(college.seal(badge(college)));
const p256 = golden("ok_ecdsa_rdfc_2019_es256");
const altered = golden("fail_ecdsa_rdfc_2019_es256_altered");
const now = Date.parse("2026-11-22T12:00:00Z");
const options = { network: "never", now };
const PARTS = readdirSync(`${www}dist/core`).filter((name) => name.endsWith(".wasm") && name !== "core.wasm").map((name) => name.slice(0, -5));

let instances = 0;
/** A fresh instance, the table of its functions, and a source of parts that counts. */
async function fresh() {
  const core = await import(`${www}dist/core/core.js?test=${instances++}`);
  const exports = await core.default({ module_or_path: module("core") });
  const table = Object.values(exports).find((e) => e instanceof WebAssembly.Table && Array.from({ length: e.length }, (_, at) => e.get(at)).some((f) => typeof f === "function"));
  const asked = [];
  const loadPart = (name) => (asked.push(name), module(name));
  const empty = () => Array.from({ length: table.length }, (_, at) => at).filter((at) => table.get(at) === null);
  return { core, empty, asked, loadPart };
}
const reasons = (report) => report.checks.map((check) => check.reason);

test("each part fills the slots that are left to it, and no others", async () => {
  const { core, empty, loadPart } = await fresh();
  let before = empty();
  for (const part of PARTS) {
    const compiled = await WebAssembly.compile(module(part));
    assert.deepEqual(WebAssembly.Module.exports(compiled), []);
    await core.loadPart(part, loadPart);
    const after = empty();
    assert.ok(after.length < before.length, part);
    assert.ok(after.every((slot) => before.includes(slot)), part);
    before = after;
  }
  // A function pointer is never zero.
  assert.deepEqual(before, [0]);
});

test("what few badges take is in the second module alone", () => {
  for (const text of ["-----BEGIN ", "w3id.org/blockcerts"]) {
    assert.ok(module("wide").includes(text), text);
    assert.ok(!module("core").includes(text), text);
  }
});

test("two verifications at once load a part once, later ones not at all, another instance its own", async () => {
  const { core, asked, loadPart } = await fresh();
  const reports = await Promise.all([p256, altered, ed25519].map((text) => core.verify(Buffer.from(text), options, { loadPart })));
  assert.deepEqual(reports.map((report) => report.verdict), ["unrecognized", "rejected", "unrecognized"]);
  assert.equal((await core.verify(Buffer.from(p256), options, { loadPart })).verdict, "unrecognized");
  assert.deepEqual(asked, ["wide"]);
  const other = await fresh();
  assert.equal((await other.core.verify(Buffer.from(p256), options, other)).verdict, "unrecognized");
  assert.deepEqual(other.asked, ["wide"]);
});

test("a part that cannot be had leaves the answer open, and is asked for again the next time", async () => {
  const { core, asked, loadPart } = await fresh();
  const broken = [
    () => { throw new Error("no"); }, () => Promise.reject(new Error("no")), () => new Response("<html>", { status: 404 }), () => module("wide").subarray(0, 99),
    () => undefined,
  ];
  for (const source of broken) {
    for (const text of [p256, altered]) {
      const report = await core.verify(Buffer.from(text), options, { loadPart: source });
      assert.deepEqual([report.verdict, report.needs], ["incomplete", []], String(source));
      assert.ok(reasons(report).includes("part-not-loaded"), String(source));
    }
  }
  assert.equal((await core.verify(Buffer.from(ed25519), options, { loadPart: broken[0] })).verdict, "unrecognized");
  assert.equal((await core.verify(Buffer.from(altered), options, { loadPart })).verdict, "rejected");
  assert.deepEqual(asked, ["wide"]);
  await assert.rejects(core.loadPart("none", loadPart), /no such part/);
});

const box = useBrowser();
/** Verifies `text` on the page. */
async function verify(page, text) {
  await page.waitForFunction(() => document.querySelector("probant-verifier").shadowRoot?.querySelector("[part=panel]"));
  await page.evaluate((text) => {
    const verifier = document.querySelector("probant-verifier");
    verifier.credential = text;
    return verifier.verify();
  }, text);
  return settled(page);
}
const parts = (server) => server.requests.filter((path) => /\/(?:wide|bbs)\.wasm/.test(path));

for (const [where, csp] of [["page", undefined], ["worker", WITH_WORKER]]) {
  test(`in a ${where}: a badge with Ed25519 takes no part, one with P-256 takes it once`, () =>
    withPage(box, csp ? { csp } : {}, async (page, server) => {
      if (csp) await page.evaluate(() => document.querySelector("probant-verifier").removeAttribute("worker"));
      assert.equal((await verify(page, ed25519)).verdict, "unrecognized");
      assert.deepEqual(parts(server), []);
      for (let i = 0; i < 2; i++) assert.equal((await verify(page, p256)).verdict, "unrecognized");
      assert.equal((await verify(page, altered)).verdict, "rejected");
      assert.deepEqual(parts(server), ["/core/wide.wasm"]);
      assert.equal(page.workers().length, csp ? 1 : 0);
    }));
}

test("a part that is not there leaves the answer open, and checking again helps once it is", () => {
  const missing = new Set(["/core/wide.wasm"]);
  return withPage(box, { missing, allow: { console: /404/ } }, async (page, server) => {
    const report = await verify(page, p256);
    assert.equal(report.verdict, "incomplete");
    assert.ok(reasons(report).includes("part-not-loaded"));
    const text = await page.evaluate(() => document.querySelector("probant-verifier").shadowRoot.querySelector("[part=panel]").innerText);
    assert.match(text, /part of our checker could not be loaded/);
    missing.clear();
    assert.equal((await verify(page, p256)).verdict, "unrecognized");
    assert.equal(parts(server).length, 2);
  });
});

test("without a network the same, and what is here still answers", () =>
  withPage(box, { allow: { console: /ERR_INTERNET_DISCONNECTED/ } }, async (page) => {
    assert.equal((await verify(page, ed25519)).verdict, "unrecognized");
    await page.setOfflineMode(true);
    const report = await verify(page, p256);
    assert.equal(report.verdict, "incomplete");
    assert.ok(reasons(report).includes("part-not-loaded"));
    assert.equal((await verify(page, ed25519)).verdict, "unrecognized");
  }));
