// The crate's golden cases through the core as browsers load it: the same answers as natively, and words for all of them.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, existsSync } from "node:fs";
import { before, test } from "node:test";
import { load, messages, www } from "./load.mjs";

const root = `${www}../tests/cases`;
const NOW = Date.parse("2026-11-22T12:00:00Z");
const { explain, toText } = await load("widget/explain.ts");
const json = (path, otherwise) => (existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : otherwise);

let core;
before(async () => {
  core = await import(`${www}dist/core/core.js`);
  await core.default({ module_or_path: readFileSync(`${www}dist/core/core.wasm`) });
});

const cases = readdirSync(root).flatMap((family) => readdirSync(`${root}/${family}`).map((name) => `${family}/${name}`));

/** The parts that a report says were not loaded. */
const missingParts = (report) => [
  ...report.checks.filter((check) => check.reason === "part-not-loaded").map((check) => check.message.args.part),
  ...report.items.flatMap(missingParts)];

/** The report of a case, its needs answered from its own folder, and parts of the core loaded as it takes them. */
async function run(name) {
  const folder = `${root}/${name}`;
  const [input] = readdirSync(folder).filter((file) => file.startsWith("input"));
  const policy = json(`${folder}/policy.json`);
  const map = json(`${folder}/evidence/map.json`, {});
  // What is read in pictures is told beforehand.
  const evidence = Object.entries(map).filter(([url]) => url.startsWith("ni:")).map(([url, file]) =>
    ({ url, bytes: new Uint8Array(readFileSync(`${folder}/evidence/${file}`)) }));
  for (let round = 0; round < 20; round++) {
    const report = core.step(readFileSync(`${folder}/${input}`), evidence, policy, NOW);
    const parts = [...new Set(missingParts(report))];
    for (const part of parts) await core.loadPart(part, (name) => readFileSync(`${www}dist/core/${name}.wasm`));
    if (parts.length > 0) continue;
    if (report.needs.length === 0) return report;
    for (const { url } of report.needs) {
      const to = map[url] ?? { failure: "offline" };
      evidence.push(to.failure
        ? { url, failure: to.failure }
        : { url, bytes: new Uint8Array(readFileSync(`${folder}/evidence/${to.file ?? to}`)), finalUrl: to.finalUrl });
    }
  }
  assert.fail(`${name}: it never ends`);
}

test("every golden case has the answer that it states", async () => {
  assert.ok(cases.length > 100);
  for (const name of cases) {
    const { verdict, headline } = json(`${root}/${name}/expected.json`);
    const report = await run(name);
    assert.deepEqual([report.verdict, report.headline], [verdict, headline], name);
  }
});

for (const lang of ["en", "fr"]) {
  test(`${lang}: every golden case is put into words, no argument missing`, async () => {
    const options = { lang, timeZone: "UTC", now: new Date(NOW), locale: `${lang}-CA` };
    const every = (report) => [report, ...report.items.flatMap(every)];
    for (const name of cases) {
      for (const report of every(await run(name))) {
        const told = explain(report, messages[lang], options);
        const phrases = [told.headline, told.sentence, told.cause, ...told.notes, ...told.rows.map((r) => r.sentence)].filter(Boolean);
        for (const { text } of [{ text: told.word }, ...phrases]) {
          assert.doesNotMatch(text, /\{\w+\}|undefined|^(?:word|headline|check|reason)\./, `${name}: ${text}`);
          assert.ok(text.length > 2, name);
        }
        for (const check of report.checks) assert.ok(Object.hasOwn(messages[lang], check.message.key), `${name}: ${check.message.key}`);
        assert.equal(told.tone === "good", report.verdict === "verified", name);
        // The longest wording is used wherever the core gives what it takes.
        assert.ok(toText(report, messages[lang], options).length > 40);
      }
    }
  });
}
