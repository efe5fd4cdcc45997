// Endorsements below the facts, and the challenge that the element makes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load, messages, www } from "./load.mjs";
import { accessible, hostPages, openAll, useBrowser, withPage } from "./page-setup.mjs";

const { mockReport } = await load("widget/mock.ts");
const { toText } = await load("widget/explain.ts");
const box = useBrowser();

const pages = hostPages('<probant-verifier display="inline" mock="endorsed"></probant-verifier>');
const on = (lang, work, more = {}) => withPage(box, { root: `${www}dist`, pages, path: `/${lang}.html`, ...more }, async (page) => {
  await page.waitForFunction(() => document.querySelector("probant-verifier").shadowRoot?.querySelectorAll("[part=endorsement]").length === 5);
  await work(page);
});

/** Each endorsement as it is shown: its text without the fold, the mark's class and whether it quotes the endorser. */
const shown = (page) => page.evaluate(() => [...document.querySelector("probant-verifier").shadowRoot.querySelectorAll("[part=endorsement]")].map((item) => ({
  text: [...item.querySelectorAll(":scope > div > :not(details)")].map((e) => e.textContent).join(" | "),
  mark: item.querySelector(".mark").className,
  quote: item.querySelector("blockquote")?.textContent ?? null,
})));

test("en: each endorsement says who, of what, and how it came out; only words that hold are repeated", () =>
  on("en", async (page) => {
    const [known, unknown, own, stray, open] = await shown(page);
    assert.match(known.text, /^Agence Exemple · Endorses its issuer \| Genuine/);
    assert.equal(known.mark, "mark good");
    assert.match(known.quote, /found its courses sound/);
    assert.match(unknown.text, /^“Cercle Exemple” · Endorses what it is for \| Genuine, but this page does not know who wrote it/);
    assert.equal(unknown.mark, "mark plain");
    assert.match(own.text, /The issuer endorses its own work/);
    assert.equal(own.mark, "mark caution");
    assert.match(stray.text, /^“Ministère Exemple” .*Genuine, but about something else$/);
    assert.deepEqual([stray.mark, stray.quote], ["mark bad", null]);
    assert.deepEqual([open.mark, open.quote], ["mark unknown", null]);
  }));

test("a badge that is not verified gets no green from those who endorse it", () =>
  on("en", async (page) => {
    const marks = await page.evaluate(async () => {
      const element = document.querySelector("probant-verifier");
      const { report } = element;
      report.verdict = "unrecognized";
      element.setAttribute("lang", "fr");
      await new Promise((resolve) => setTimeout(resolve, 500));
      return [...element.shadowRoot.querySelectorAll("[part=endorsement] > .mark")].map((mark) => mark.className);
    });
    assert.deepEqual(marks, ["mark plain", "mark plain", "mark caution", "mark bad", "mark unknown"]);
  }));

test("each has its own report, opened by keyboard, in its own colour", () =>
  on("en", async (page) => {
    await page.evaluate(() => document.querySelector("probant-verifier").shadowRoot.querySelectorAll("[part=endorsement] summary")[3].focus());
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector("probant-verifier").shadowRoot.querySelectorAll("[part=endorsement]")[3].querySelector("[part=headline]"));
    const { tone, text } = await page.evaluate(() => {
      const fold = document.querySelector("probant-verifier").shadowRoot.querySelectorAll("[part=endorsement]")[3].querySelector("details");
      return { tone: fold.className, text: fold.textContent };
    });
    assert.equal(tone, "item tone-bad");
    assert.match(text, /It was not written for what it is attached to/);
    assert.match(text, /It is about something else than what it is attached to/);
    assert.doesNotMatch(text, /Issued to/);
  }));

for (const lang of ["en", "fr"]) {
  test(`${lang}: accessible with everything open, and no wider than a phone`, () =>
    on(lang, async (page) => {
      await openAll(page);
      await accessible(page, lang);
      assert.ok(await page.evaluate(() => document.scrollingElement.scrollWidth) <= 320);
    }, { viewport: { width: 320, height: 700 } }));

  test(`${lang}: the text of a result has them too`, () => {
    const text = toText(mockReport("endorsed", new Date()), messages[lang], { lang });
    assert.equal(text.match(lang === "en" ? /^ {2}Endorses /gm : /^ {2}Appuie /gm).length, 5);
    assert.match(text, lang === "en" ? /“We reviewed this college/ : /«\s*We reviewed this college/);
  });
}

test("the element makes a challenge of its own, and asks for it from then on", () =>
  on("en", async (page) => {
    const [first, second, policy, host] = await page.evaluate(() => {
      const element = document.querySelector("probant-verifier");
      element.policy = { require: ["recipient.holder"] };
      return [element.challenge("jobs.example"), element.challenge(), element.policy, location.host];
    });
    assert.match(first, /^[\w-]{22}$/);
    assert.notEqual(first, second);
    assert.deepEqual(policy, { require: ["recipient.holder"], challenge: second, domain: host });
  }));
