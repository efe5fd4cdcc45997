// What a link, a page, a copied piece of one or a mail leads to, on the built page with the real core.
import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { accessible, answering, form, settled, shownText, useBrowser, withPage } from "./page-setup.mjs";
import { bakePng } from "./png.mjs";
import { badge, issuer } from "./sign.mjs";

const box = useBrowser();
const college = issuer("college");
const plain = college.seal(badge(college));
const json = JSON.stringify(plain);
const ADDRESS = "https://college.example/awards/1";

const allow = { outside: true, console: /Failed to load resource|CORS/ };
const html = (head, body = "") => ({ contentType: "text/html", body: `<!doctype html><html><head><title>A badge</title>${head}</head><body>${body}</body></html>` });

/** Pastes into the page or into the field: texts by type, and a file. */
const paste = async (page, where, texts, file = null) => {
  await form(page);
  return page.evaluate((where, texts, file) => {
    const clipboardData = new DataTransfer();
    for (const [type, text] of Object.entries(texts)) clipboardData.setData(type, text);
    if (file) clipboardData.items.add(new File([Uint8Array.from(atob(file), (c) => c.charCodeAt(0))], "image.png", { type: "image/png" }));
    const root = document.querySelector("probant-verifier").shadowRoot;
    const target = where === "field" ? root.querySelector("textarea") : document.body;
    return target.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, composed: true, cancelable: true }));
  }, where, texts, file);
};

test("a page: the badge that it embeds, links or has as its picture", async () => {
  const file = "https://college.example/awards/files/1.json";
  const picture = "https://college.example/b.png";
  for (const answers of [
    { [ADDRESS]: html(`<script type="application/ld+json">${json}</script>`) },
    { [ADDRESS]: html('<link rel="alternate" type="application/vc" href="files/1.json">'), [file]: { contentType: "application/vc", body: json } },
    { [ADDRESS]: html('<meta property="og:image" content="/b.png">'), [picture]: { contentType: "image/png", body: bakePng(json) } },
  ]) {
    const asked = [];
    await withPage(box, { path: `/?url=${encodeURIComponent(ADDRESS)}`, allow, before: answering(answers, asked) }, async (page, server) => {
      const report = await settled(page);
      assert.equal(report.verdict, "unrecognized");
      assert.equal(report.checks[0].reason, "found-in-page");
      assert.match(await shownText(page), /We found it in the page at college\.example\./);
      assert.deepEqual(asked, Object.keys(answers));
      assert.ok(server.requests.some((path) => path.endsWith("/files.wasm")));
      await accessible(page, "found in a page");
    });
  }
});

test("a page that shows a badge and holds none is no badge", () =>
  withPage(box, { path: `/?lang=fr&url=${encodeURIComponent(ADDRESS)}`, allow, before: answering({ [ADDRESS]: html("", "<h1>Verified</h1>") }) }, async (page) => {
    const report = await settled(page);
    assert.deepEqual([report.verdict, report.headline, report.checks[0].reason], [null, "not-read", "html-page"]);
    assert.match(await shownText(page), /Cherchez-y un bouton de téléchargement/);
  }));

for (const [lang, words] of [["en", /^Only on its own site[^]*Only Coursera’s own page can show this[^]*Open it and check the address\./], ["fr", /^Visible sur son site seulement[^]*Seule la page de Coursera peut l’afficher[^]*Ouvrez-la et vérifiez l’adresse\./]]) {
  test(`${lang}: a platform's link asks nobody, and is there to be opened`, () =>
    withPage(box, { path: `/?lang=${lang}` }, async (page) => {
      await paste(page, "page", { "text/plain": "http://coursera.org/verify/ABCD1234EFGH" });
      const report = await settled(page);
      assert.deepEqual([report.verdict, report.headline, report.evidence], [null, "hosted-only", []]);
      assert.match(await shownText(page), words);
      const find = () => document.querySelector("probant-verifier").shadowRoot.querySelector("[part=address] a");
      await page.waitForFunction(find);
      const link = await page.evaluate(() => {
        const root = document.querySelector("probant-verifier").shadowRoot;
        const [a, below] = root.querySelectorAll("[part=address] > *");
        return { href: a.href, rel: a.rel, text: a.innerText, below: below.innerText, green: root.querySelectorAll(".tone-good").length };
      });
      assert.equal(link.href, "https://coursera.org/verify/ABCD1234EFGH");
      assert.match(link.rel, /noopener noreferrer/);
      assert.ok(link.text.endsWith("coursera.org") && link.below === link.href && link.green === 0, JSON.stringify(link));
      await accessible(page, "hosted only");
    }));
}

test("a platform that keeps the badge elsewhere is asked there, and nowhere else", async () => {
  const id = "5b0a3ccf-6d3a-44c1-9d6b-8c0d6f0f7a11";
  const asked = [];
  await withPage(box, { path: `/?url=${encodeURIComponent(`https://www.credly.com/badges/${id}`)}`, allow, before: answering({}, asked) }, async (page) => {
    const report = await settled(page);
    assert.equal(report.headline, "hosted-only");
    assert.deepEqual(asked, [`https://www.credly.com/api/v1/obi/v2/badge_assertions/${id}`]);
  });
});

test("copied: a picture, a link under words, a token in a mail, into the page and into the field", async () => {
  const baked = bakePng(json).toString("base64");
  const file = "https://college.example/1.json";
  const rich = { "text/plain": "My badge", "text/html": `<meta charset="utf-8"><a href="${file}">My badge</a>` };
  const packed = `https://verify.college.example/#z=${deflateRawSync(json).toString("base64url")}`;
  for (const where of ["page", "field"]) {
    for (const [texts, picture] of [[{}, baked], [rich, null]]) {
      await withPage(box, { allow, before: answering({ [file]: { contentType: "application/json", body: json } }) }, async (page) => {
        assert.equal(await paste(page, where, texts, picture), where === "page");
        assert.equal((await settled(page)).verdict, "unrecognized");
      });
    }
  }
  for (const text of [packed, `My badge:\n\n> ${packed}\n\nAna`, `Voici mon badge : ${json}`]) {
    await withPage(box, {}, async (page) => {
      await paste(page, "page", { "text/plain": text, "text/html": `<a href="https://other.example/">x</a>` });
      assert.equal((await settled(page)).verdict, "unrecognized", text.slice(0, 40));
    });
  }
  // Words go into the field as they do anywhere, whatever else the program laid beside them.
  await withPage(box, {}, async (page) => assert.equal(await paste(page, "field", { "text/plain": "some words" }, baked), true));
});

test("a link for a wallet is told from a credential", () =>
  withPage(box, {}, async (page) => {
    await paste(page, "page", { "text/plain": "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fcollege.example%2Foffers%2F1" });
    assert.equal((await settled(page)).headline, "not-a-credential");
    assert.match(await shownText(page), /This link is for a wallet app, not a credential/);
  }));
