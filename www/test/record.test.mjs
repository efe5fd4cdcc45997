// A learner's record in a page, with the core as it ships: what belongs together, what is proven and what is hearsay.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { www } from "./load.mjs";
import { accessible, hostPages, inElement, openAll, until, useBrowser, withPage } from "./page-setup.mjs";
import { WITH_WORKER } from "./server.mjs";

const box = useBrowser();
const pages = hostPages('<probant-verifier display="inline" network="never"></probant-verifier>');
const golden = (name, file = "input.json") => readFileSync(`${www}../tests/cases/${name}/${file}`, "utf8");

/** Opens a page in `lang`, verifies `credential` there, and waits until the folds' contents are there. */
const verified = (lang, credential, work, more = {}) =>
  withPage(box, { root: `${www}dist`, pages, path: `/${lang}.html`, csp: WITH_WORKER, ...more }, async (page) => {
    const answer = await page.evaluate(async (credential) => {
      const verifier = document.querySelector("probant-verifier");
      verifier.credential = credential;
      const { headline, items, attested } = await verifier.verify();
      return { headline, items: items.map((item) => item.headline), record: attested?.record ?? null };
    }, credential);
    await page.waitForFunction(() => document.querySelector("probant-verifier").shadowRoot.querySelector("[part=item], [part=checks]"));
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
    await work(page, answer);
  });

/** The text of the record's part. */
const shown = (page) => page.evaluate(() => document.querySelector("probant-verifier").shadowRoot.querySelector("[part=record]")?.innerText ?? null);

test("a record shows what it holds, how that belongs together, and what it describes besides", () =>
  verified("en", golden("record/ok_associations"), async (page, { headline, items, record }) => {
    assert.equal(headline, "genuine-status-none");
    assert.deepEqual(items, ["genuine-status-none", "genuine-status-none"]);
    assert.equal(record.partial, true);
    assert.deepEqual(record.associations.map(({ kind, resolved }) => [kind, resolved]), [["isChildOf", true], ["isParentOf", true], ["precedes", true]]);
    const text = await shown(page);
    for (const part of ["Statistics", "First aid", "Statistics comes before First aid", "Diploma in data includes First aid", "not complete"]) {
      assert.ok(text.includes(part), `${part} is not in ${text}`);
    }
  }));

test("in French too", () =>
  verified("fr", golden("record/ok_associations"), async (page) => {
    assert.match(await shown(page), /Statistics précède First aid/);
    assert.match(await shown(page), /n’est pas complet/);
  }));

test("what others are said to have issued has no name among what is proven", () =>
  verified("en", golden("record/unknown_hearsay"), async (page, { headline, items }) => {
    assert.equal(headline, "several");
    assert.deepEqual(items, ["genuine-status-none", "incomplete"]);
    const text = await shown(page);
    assert.match(text, /Statistics/);
    assert.doesNotMatch(text, /Medicine/);
    const tones = await page.evaluate(() => [...document.querySelector("probant-verifier").shadowRoot.querySelectorAll("[part=item]")].map((item) => item.className));
    assert.deepEqual(tones, ["item tone-info", "item tone-unknown"]);
    await openAll(page);
    const inside = await shown(page);
    assert.match(inside, /The named issuer did not sign it/);
    assert.match(inside, /What the file says[^]*Medicine/);
  }));

test("a record that was changed says nothing of how things belong together", () =>
  verified("en", golden("record/fail_association_edited"), async (page, { headline, record }) => {
    assert.deepEqual([headline, record], ["changed", null]);
    assert.equal(await shown(page), null);
  }));

test("parts stand below their whole; in a ring of them nothing is lost", () =>
  withPage(box, { root: `${www}dist`, pages, path: "/en.html" }, async (page) => {
    await page.evaluate(() => document.querySelector("probant-verifier").setAttribute("mock", "record"));
    await page.waitForFunction(() => document.querySelector("probant-verifier").shadowRoot.querySelector(".parts"));
    const tree = await page.evaluate(() => [...document.querySelector("probant-verifier").shadowRoot.querySelectorAll("[part=record] > [part=item]")]
      .map((item) => [item.querySelector("bdi")?.textContent ?? null, item.nextElementSibling?.querySelectorAll(":scope[class=parts] > [part=item]").length ?? 0]));
    assert.deepEqual(tree, [["Certificate in data", 2], ["First aid", 0], [null, 0]]);
    await inElement(page, (verifier) => {
      const { associations } = verifier.report.attested.record;
      associations.push({ kind: "isChildOf", source: associations[0].target, target: associations[0].source, resolved: true });
      verifier.setAttribute("lang", "fr");
    });
    await until(page, () => {
      const { shadowRoot } = document.querySelector("probant-verifier");
      return shadowRoot.querySelector("[part=panel]").lang === "fr" && shadowRoot.querySelectorAll("[part=record] [part=item]").length === 5;
    });
  }));

test("results say whether they are what was required", () =>
  verified("en", golden("results/ok_below_number"), async (page) => {
    const card = await page.evaluate(() => document.querySelector("probant-verifier").shadowRoot.querySelector("[part=panel]").innerText);
    assert.match(card, /A result is below what was required/);
    await openAll(page);
    const text = await page.evaluate(() => document.querySelector("probant-verifier").shadowRoot.querySelector("[part=panel]").innerText);
    for (const part of [/Final exam · 9\.5 · Completed \(from 0 to 100, required: 60\) · below what was required/, /Credits earned\s+6/, /Field of study\s+Statistics/, /Université Exemple/]) {
      assert.match(text, part);
    }
  }));

test("a name in the reader's language", async () => {
  for (const [lang, name] of [["en", "Example College"], ["fr", "Collège Exemple"]]) {
    await verified(lang, golden("results/ok_languages"), async (page) => {
      assert.match(await page.evaluate(() => document.querySelector("probant-verifier").shadowRoot.querySelector("[part=panel]").innerText), new RegExp(name));
    });
  }
});

for (const lang of ["en", "fr"]) {
  test(`${lang}: accessible with everything open, and no wider than a phone`, () =>
    verified(lang, golden("record/ok_associations"), async (page) => {
      await openAll(page);
      await accessible(page, lang);
      assert.ok(await page.evaluate(() => document.scrollingElement.scrollWidth) <= 320);
    }, { viewport: { width: 320, height: 700 } }));
}
