// The built page and the element in Firefox, with the real core: what another engine could do otherwise.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { launchFirefox } from "./browser.mjs";
import { www } from "./load.mjs";
import { accessible, form, hostPage, inElement, openAll, settled, shownText, until, useBrowser, withPage } from "./page-setup.mjs";
import { code, png } from "./qr-codes.mjs";
import { WITH_WORKER } from "./server.mjs";
import { badge, issuer } from "./sign.mjs";

const box = useBrowser(undefined, launchFirefox);
const college = issuer("college");
const json = JSON.stringify(college.seal(badge(college)));
const changed = json.replace("2025-03-12", "2024-03-12");
const p256 = readFileSync(`${www}../tests/cases/algorithm/ok_ecdsa_rdfc_2019_es256/input.json`, "utf8");
const phone = { width: 360, height: 740 };

/** Puts `text` into the form and goes on by keyboard. */
async function enter(page, text) {
  await form(page);
  await inElement(page, (_, root, text) => {
    const field = root.querySelector("textarea");
    field.focus();
    field.value = text;
    field.dispatchEvent(new Event("input"));
  }, text);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  return settled(page);
}

for (const [lang, genuine, forged] of [["en", /^Issuer not listed[^]*Ana Souza/, /^Not genuine/], ["fr", /^Émetteur non répertorié[^]*Ana Souza/, /^Non authentique/]]) {
  test(`${lang}: a good badge and a changed one, on the page, as wide as a phone`, async () => {
    for (const [text, verdict, words] of [[json, "unrecognized", genuine], [changed, "rejected", forged]]) {
      await withPage(box, { path: `/?lang=${lang}`, viewport: phone }, async (page) => {
        assert.equal((await enter(page, text)).verdict, verdict);
        assert.match(await shownText(page), words);
        assert.equal(await inElement(page, (_, root) => root.activeElement?.id), "headline");
        await openAll(page);
        const [width, room, needed] = await page.evaluate(() => [innerWidth, document.documentElement.clientWidth, document.scrollingElement.scrollWidth]);
        assert.deepEqual([width, needed], [phone.width, room]);
        await accessible(page, verdict);
      });
    }
  });
}

test("a part of the core, a QR code in a picture, and a link that carries a badge", () =>
  withPage(box, {}, async (page, server) => {
    assert.equal((await enter(page, p256)).verdict, "unrecognized");
    assert.ok(server.requests.includes("/core/wide.wasm"));
    await inElement(page, (verifier, _, data) => {
      verifier.credential = new Blob([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], { type: "image/png" });
      return verifier.verify().then(() => null);
    }, png(code(json)).toString("base64"));
    assert.match(await shownText(page), /^Read from a QR code in the picture/);
    await page.goto(`${server.origin}/?lang=en#c=${Buffer.from(changed).toString("base64url")}`);
    assert.equal((await settled(page)).headline, "changed");
  }));

test("the button, its dialog and the worker", () =>
  withPage(box, {
    root: `${www}dist`, path: "/host.html", csp: WITH_WORKER,
    pages: { "/host.html": hostPage('<probant-verifier src="/badge.json"></probant-verifier>'), "/badge.json": json },
  }, async (page, server) => {
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal((await settled(page)).verdict, "unrecognized");
    assert.ok(server.requests.includes("/worker.js"));
    const state = () => inElement(page, (verifier, root) =>
      [root.querySelector("dialog").open, verifier.matches(":state(unrecognized)"), root.activeElement.getAttribute("part")]);
    assert.deepEqual(await state(), [true, true, "headline"]);
    await page.keyboard.press("Escape");
    await until(page, () => !document.querySelector("probant-verifier").hasAttribute("open"));
    assert.deepEqual(await state(), [false, true, "button"]);
  }));
