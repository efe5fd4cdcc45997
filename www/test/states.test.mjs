// Every made-up state, in both languages: accessible, no wider than a phone, and green only where that is due.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { load } from "./load.mjs";
import { accessible, answering, hostPage, inElement, openAll, shownText, until, useBrowser, withPage } from "./page-setup.mjs";
import { plain, png } from "./qr-codes.mjs";
import { STRICT } from "./server.mjs";

const { MOCKS } = await load("widget/mock.ts");
const box = useBrowser();

const root = new URL("../dist", import.meta.url).pathname;
const pages = { "/one.html": hostPage('<probant-verifier display="inline" mock="idle"></probant-verifier>') };
const options = { root, pages, path: "/one.html" };

const set = (page, attributes) => page.evaluate(async (attributes) => {
  const element = document.querySelector("probant-verifier");
  const { report } = element;
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) element.removeAttribute(name);
    else element.setAttribute(name, value);
  }
  const settles = attributes.mock && attributes.mock !== "idle" && attributes.mock !== "running";
  const changed = () => !settles || (element.report && element.report !== report);
  for (let tries = 0; tries < 250 && !changed(); tries++) await new Promise((resolve) => setTimeout(resolve, 20));
  await new Promise((resolve) => setTimeout(resolve, 60));
}, attributes);

for (const lang of ["en", "fr"]) {
  // Words differ between the languages, colours between the schemes: three of the four combinations see all.
  for (const scheme of lang === "en" ? ["light", "dark"] : ["light"]) {
    test(`${lang}, ${scheme}: axe finds nothing in any state`, () =>
      withPage(box, { ...options, media: { "prefers-color-scheme": scheme } }, async (page) => {
        await set(page, { lang, theme: scheme });
        for (const mock of ["idle", "running", ...MOCKS]) {
          await set(page, { mock });
          await openAll(page);
          await accessible(page, mock);
        }
        await set(page, { mock: null, input: "all" });
        await accessible(page, "form");
      }));
  }

  test(`${lang}: nothing is wider than a phone of 320 pixels, and every state has words`, () =>
    withPage(box, { ...options, viewport: { width: 320, height: 700 } }, async (page) => {
      await set(page, { lang });
      for (const mock of ["idle", "running", ...MOCKS]) {
        await set(page, { mock });
        await openAll(page);
        const width = await page.evaluate(() => document.scrollingElement.scrollWidth);
        assert.ok(width <= 320, `${mock}: ${width} pixels`);
        const [text] = (await shownText(page)).split(/Technical details|Détails techniques/);
        assert.doesNotMatch(text, /\{\w+\}|undefined|null\b|\b(?:ui|reason|check|headline|word)\.[a-z]/, mock);
      }
    }));
}

test("the parts and slots that the manifest names are there, and no others", () =>
  withPage(box, options, async (page) => {
    const [{ cssParts, slots }] = JSON.parse(readFileSync(`${root}/custom-elements.json`, "utf8")).modules[0].declarations;
    const seen = { parts: new Set(), slots: new Set([""]) };
    for (const attributes of [{ mock: "verified" }, { mock: "rejected" }, { mock: "idle" }, { mock: "several" }, { mock: "endorsed" }, { mock: "hosted-only" }, { mock: "verified", display: "button" }]) {
      await set(page, attributes);
      await openAll(page);
      const found = await page.evaluate(() => {
        const { shadowRoot } = document.querySelector("probant-verifier");
        return {
          parts: [...shadowRoot.querySelectorAll("[part]")].map((e) => e.getAttribute("part")),
          slots: [...shadowRoot.querySelectorAll("slot")].map((e) => e.name),
        };
      });
      for (const part of found.parts) seen.parts.add(part);
      for (const slot of found.slots) seen.slots.add(slot);
    }
    const names = (list) => list.map((entry) => entry.name).sort();
    // The camera's is there only before a camera.
    assert.deepEqual([...seen.parts, "camera"].sort(), names(cssParts));
    assert.deepEqual([...seen.slots].sort(), names(slots));
  }));

test("green is painted in the verdict verified alone, and not while anything runs", () =>
  withPage(box, options, async (page) => {
    const green = () => page.evaluate(() => {
      const { shadowRoot } = document.querySelector("probant-verifier");
      const probe = document.createElement("i");
      probe.style.setProperty("color", "var(--ok)");
      shadowRoot.append(probe);
      const ok = getComputedStyle(probe).color;
      probe.remove();
      return [...shadowRoot.querySelectorAll("*")].some((element) => {
        const style = getComputedStyle(element);
        return style.color === ok || style.backgroundColor === ok;
      });
    });
    for (const mock of ["idle", "running", ...MOCKS]) {
      await set(page, { mock });
      await openAll(page);
      const verdict = await page.evaluate(() => document.querySelector("probant-verifier").dataset.verdict);
      // Those inside have answers of their own.
      const several = mock === "several" || mock === "record";
      assert.equal(await green(), verdict === "verified" || several, mock);
    }
  }));

test("an issuer that goes by another name than the one it is known by is a caution", () =>
  withPage(box, options, async (page) => {
    for (const [mock, count] of [["other-name", 1], ["verified", 0], ["unrecognized", 0]]) {
      await set(page, { mock });
      const cautions = await page.evaluate(() => [...document.querySelector("probant-verifier").shadowRoot.querySelectorAll("[part=issuer] .differs")].map((e) => e.textContent));
      assert.deepEqual(cautions, count ? ["calls itself “Collège Exemple”"] : [], mock);
    }
  }));

test("what is claimed stays folded, without picture, where nothing is proven", () =>
  withPage(box, options, async (page) => {
    for (const mock of ["rejected", "malformed", "unsigned", "key-unreachable"]) {
      await set(page, { mock });
      assert.doesNotMatch(await shownText(page), /Ana Souza|Analyse/, mock);
      await openAll(page);
      assert.match(await shownText(page), /What the file says \(not proven\)[^]*Ana Souza/, mock);
      assert.equal(await page.evaluate(() => document.querySelector("probant-verifier").shadowRoot.querySelector("img, .picture") === null), true);
    }
  }));

test("a remote picture waits for a click, and stands in a frame of its own after the verdict", () =>
  withPage(box, options, async (page, server, { outside }) => {
    await set(page, { mock: "unrecognized" });
    assert.deepEqual(outside, []);
    const order = await page.evaluate(() => {
      const { shadowRoot } = document.querySelector("probant-verifier");
      const [verdict, picture] = [shadowRoot.querySelector("[part=verdict]"), shadowRoot.querySelector(".picture")];
      return Boolean(verdict.compareDocumentPosition(picture) & Node.DOCUMENT_POSITION_FOLLOWING) && !verdict.contains(picture);
    });
    assert.equal(order, true);
  }));

test("a picture that was clicked for is shown, unless it is none, or would fill a phone's memory", async () => {
  const address = "https://badges.example.edu/badge.png";
  const csp = STRICT.replace("img-src", "img-src https:");
  for (const [body, shown] of [[png(plain(300, 200)), true], [png(plain(5_000, 4_000)), false], ["none", false]]) {
    await withPage(box, {
      ...options, csp, allow: { outside: true }, before: answering({ [address]: { contentType: "image/png", body } }),
    }, async (page) => {
      await set(page, { mock: "unrecognized" });
      await inElement(page, (_, root) => root.querySelector(".picture button").click());
      await until(page, () => {
        const [image, words] = ["img", "figcaption"].map((s) => document.querySelector("probant-verifier").shadowRoot.querySelector(`.picture ${s}`));
        return words && image?.hidden !== true;
      });
      const [pixels, words] = await inElement(page, (_, root) => [root.querySelector(".picture img")?.naturalWidth ?? null, root.querySelector("figcaption").textContent]);
      assert.equal(pixels, shown ? 300 : null);
      assert.match(words, shown ? /^Picture from the credential/ : /could not be shown/);
    });
  }
});

test("after an hour the colour drains and another check is offered", () =>
  withPage(box, options, async (page) => {
    await set(page, { mock: "verified" });
    const look = () => page.evaluate(() => {
      const panel = document.querySelector("probant-verifier").shadowRoot.querySelector(".panel");
      return { stale: panel.classList.contains("stale"), tone: panel.className.match(/tone-\w+/)[0], bar: panel.querySelector(".bar")?.innerText ?? null };
    });
    assert.deepEqual(await look(), { stale: false, tone: "tone-good", bar: null });
    await page.evaluate(() => {
      const real = Date.now;
      Date.now = () => real() + 3_600_001;
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { stale, tone, bar } = await look();
    assert.equal(stale, true);
    assert.equal(tone, "tone-neutral");
    assert.match(bar, /Checked more than an hour ago\s+Check again/);
  }));

test("forced colours, reduced motion and print keep the verdict", () =>
  withPage(box, options, async (page) => {
    await set(page, { mock: "rejected" });
    const features = [{ name: "forced-colors", value: "active" }, { name: "prefers-reduced-motion", value: "reduce" }];
    await (await page.createCDPSession()).send("Emulation.setEmulatedMedia", { media: "print", features });
    assert.equal(await page.evaluate(() => matchMedia("print and (forced-colors: active)").matches), true);
    const [icon, actions] = await page.evaluate(() => {
      const { shadowRoot } = document.querySelector("probant-verifier");
      const shown = (selector) => getComputedStyle(shadowRoot.querySelector(selector)).display !== "none";
      return [shown(".verdict svg"), shown("[part=actions]")];
    });
    assert.deepEqual([icon, actions], [true, false]);
  }));

test("the gallery shows every state without a fault", () =>
  withPage(box, { path: "/states.html" }, async (page) => {
    await page.waitForFunction((n) => document.querySelectorAll("[data-verdict]").length >= n, {}, MOCKS.length * 2);
    await accessible(page, "gallery");
  }));
