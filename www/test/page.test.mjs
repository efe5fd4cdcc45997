// The built page with the real core: every way in, every answer, both languages, nothing that leaves the machine.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { www } from "./load.mjs";
import { accessible, answering, choose, form, inElement, openAll, settled, shownText, until, useBrowser, useFiles, withPage } from "./page-setup.mjs";
import { bakePng } from "./png.mjs";
import { WITH_WORKER } from "./server.mjs";
import { badge, issuer, statusEntry, statusList } from "./sign.mjs";

assert.ok(existsSync(`${www}dist/site/core/core.wasm`), "dist/core is missing: cargo xtask build makes it");

const box = useBrowser();
const file = useFiles();

const STATUS = "https://badges.example.edu/status/1";
const college = issuer("college");
const plain = college.seal(badge(college));
const json = JSON.stringify(plain);
const withStatus = college.seal(badge(college, { credentialStatus: statusEntry(STATUS, 7) }));
const changed = { ...plain, validFrom: "2024-03-12T00:00:00Z" };
const ended = college.seal(badge(college, { validUntil: "2025-09-30T23:59:59Z" }));
const { proof: _, ...unsigned } = plain;

/** Verifies `input` on the page, with whatever `policy` the page has. */
const verify = async (page, input, policy = null) => {
  await inElement(page, (verifier, _, input, policy) => {
    verifier.policy = policy;
    verifier.credential = input;
    return verifier.verify().then(() => new Promise((resolve) => setTimeout(resolve, 50)));
  }, typeof input === "string" ? input : JSON.stringify(input), policy);
  return settled(page);
};
const trusting = { trust: { pinned: [{ id: college.id, name: "Collège Exemple" }] } };

for (const [lang, word] of [["en", "Issuer not listed"], ["fr", "Émetteur non répertorié"]]) {
  test(`${lang}: pasted into the form, by keyboard alone`, () =>
    withPage(box, { path: `/?lang=${lang}` }, async (page) => {
      await form(page);
      assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
      await inElement(page, (_, root) => root.querySelector("textarea").focus());
      await page.keyboard.sendCharacter(json);
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      const report = await settled(page);
      assert.deepEqual([report.verdict, report.headline], ["unrecognized", "genuine-status-none"]);
      const text = await shownText(page);
      assert.ok(text.startsWith(word), text.slice(0, 80));
      assert.match(text, /Analyse de données[^]*Ana Souza/);
      await accessible(page, "result");
    }));
}

test("pasted anywhere on the page: what was there before is over, and with an example whom it trusts", () =>
  withPage(box, { path: `/#c=${Buffer.from(JSON.stringify(changed)).toString("base64url")}` }, async (page) => {
    assert.equal((await settled(page)).verdict, "rejected");
    await (await page.waitForSelector('[data-example="verified"]')).click();
    await until(page, () => document.querySelector("probant-verifier").report?.verdict === "verified");
    await page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
    }, json);
    await until(page, () => document.querySelector("probant-verifier").report?.verdict === "unrecognized");
    assert.deepEqual(await page.evaluate(() => [location.hash, document.querySelector("#notice").hidden]), ["", true]);
    assert.equal(await inElement(page, (verifier) => verifier.policy), null);
  }));

test("dropped anywhere, and on the form", async () => {
  for (const target of ["body", "form"]) {
    await withPage(box, {}, async (page) => {
      await form(page);
      await inElement(page, (_, root, target, text) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([text], "anything.bin"));
        const at = target === "body" ? document.body : root.querySelector("form");
        for (const type of ["dragenter", "dragover", "drop"]) at.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, composed: true, cancelable: true }));
      }, target, json);
      assert.equal((await settled(page)).verdict, "unrecognized");
      assert.equal(await page.evaluate(() => document.body.classList.contains("dragging")), false);
    });
  }
});

test("chosen as a file: JSON, and a PNG with the badge inside, whatever they are called", async () => {
  for (const [name, bytes, container] of [["badge.txt", json, "json"], ["badge.json", bakePng(json), "png"]]) {
    await withPage(box, {}, async (page) => {
      await choose(page, file(name, bytes));
      const report = await settled(page);
      assert.deepEqual([report.verdict, report.format.container], ["unrecognized", container]);
    });
  }
});

test("several files at once, chosen or dropped: each by its name, and none is left out", async () => {
  const changed = JSON.stringify({ ...plain, name: "Another badge" });
  const found = ({ verdict, items }) => [verdict, items.map(({ verdict, format }) => [verdict, format.file])];
  const names = ["Données – 1.json", `${"a".repeat(120)}.png`];
  const expected = ["rejected", [["unrecognized", names[0]], ["rejected", names[1].slice(-100)]]];
  await withPage(box, {}, async (page) => {
    await choose(page, file(names[0], json), file(names[1], bakePng(changed)));
    assert.deepEqual(found(await settled(page)), expected);
    assert.match(await shownText(page), /2 credentials/);
  });
  await withPage(box, {}, async (page) => {
    await form(page);
    await inElement(page, (_, __, files) => {
      const dataTransfer = new DataTransfer();
      for (const [name, text] of files) dataTransfer.items.add(new File([text], name));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    }, [[names[0], json], [names[1], changed], ["notes.txt", "Hello"]]);
    const report = await settled(page);
    assert.deepEqual(found(report), expected);
    assert.deepEqual(report.checks.map(({ reason, message }) => [reason, message.args.names]), [["files-others", "notes.txt"]]);
  });
});

test("chosen as a file: what came with a PDF document, and what is in an archive, each by its name", async () => {
  const golden = (name, type) => join(www, "../tests/cases/files", name, `input.${type}`);
  await withPage(box, { viewport: { width: 360, height: 740 } }, async (page, server) => {
    await choose(page, golden("ok_pdf", "pdf"));
    const report = await settled(page);
    assert.deepEqual([report.verdict, report.format.container], ["unrecognized", "pdf"]);
    assert.match(await shownText(page), /came attached to a PDF/);
    assert.equal(server.requests.filter((path) => path.includes("files.wasm")).length, 1);
    await accessible(page, "pdf");
  });
  await withPage(box, { path: "/?lang=fr", viewport: { width: 360, height: 740 } }, async (page) => {
    await choose(page, golden("fail_zip_one_edited", "zip"));
    const report = await settled(page);
    assert.deepEqual([report.verdict, report.format.container, report.items.length], ["rejected", "zip", 2]);
    const text = await shownText(page);
    for (const { format } of report.items) assert.ok(text.includes(format.file), format.file);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
    await accessible(page, "zip");
    // Whose they are is asked once for all, if at all.
    await openAll(page);
    assert.equal(await inElement(page, (_, root) => root.querySelectorAll("#compare").length), 0);
  });
});

test("carried in the address: fragment, packed fragment, and changes of it", async () => {
  const plainly = `#c=${Buffer.from(json).toString("base64url")}`;
  const packed = `#z=${deflateRawSync(json).toString("base64url")}`;
  for (const path of [`/${plainly}`, `/?lang=fr${packed}`]) {
    await withPage(box, { path }, async (page, server) => {
      assert.equal((await settled(page)).verdict, "unrecognized");
      assert.ok(server.requests.every((request) => !request.includes("#") && !request.includes("c=")));
      await page.evaluate((hash) => (location.hash = hash), `#c=${Buffer.from(JSON.stringify(changed)).toString("base64url")}`);
      await page.waitForFunction(() => document.querySelector("probant-verifier").report?.verdict === "rejected");
    });
  }
});

test("the link to a check leads back to the same check", () =>
  withPage(box, {}, async (page, server) => {
    await verify(page, json);
    const link = await inElement(page, (_, root) => {
      let copied = null;
      Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => void (copied = text) } });
      [...root.querySelectorAll("button")].find((b) => b.textContent === "Copy a link to this check").click();
      return new Promise((resolve) => setTimeout(() => resolve(copied), 50));
    });
    assert.ok(link.startsWith(`${server.origin}/#z=`), link);
    await page.goto("about:blank");
    await page.goto(link);
    assert.equal((await settled(page)).verdict, "unrecognized");
  }));

test("an address is looked up: the badge at the other end, or why there is none", async () => {
  const address = "https://badges.example.edu/42.json";
  for (const [answer, verdict, reason] of [
    [{ status: 200, contentType: "text/plain", body: json }, "unrecognized", null],
    [{ status: 404, body: "" }, "incomplete", "not-found"],
    [{ status: 503, body: "" }, "incomplete", "server-error"],
    [null, "incomplete", "blocked-by-browser"],
  ]) {
    await withPage(box, {
      path: `/?url=${encodeURIComponent(address)}`, allow: { outside: true, console: /Failed to load resource|CORS/ },
      before: answering({ [address]: answer }),
    }, async (page) => {
      const report = await settled(page);
      assert.equal(report.verdict, verdict);
      if (reason) assert.equal(report.checks.find((c) => c.id === "format.readable").reason, reason);
    });
  }
});

test("each verdict", async () => {
  const list = (set) => ({ contentType: "application/vc", body: JSON.stringify(statusList(college, STATUS, set)) });
  const cases = [
    ["verified", "ok", withStatus, trusting, list([]), /^Verified[^]*Signed by Collège Exemple, and not withdrawn as of/],
    ["verified", "ok-status-none", plain, trusting, null, /The issuer gives no way to check for withdrawal/],
    ["unrecognized", "genuine", withStatus, null, list([6, 8]), /this page does not know the issuer/],
    ["ended", "withdrawn", withStatus, trusting, list([7]), /^Withdrawn/],
    ["ended", "expired", ended, trusting, null, /Genuine, but it ended on September 30, 2025/],
    ["rejected", "changed", changed, trusting, null, /^Not genuine/],
    ["rejected", "wrong-person", plain, { ...trusting, recipient: { name: "Max Muster" } }, null, /^Not issued to this person/],
    ["incomplete", "status-unknown", withStatus, trusting, { status: 500, body: "" }, /We couldn’t check whether it was withdrawn/],
    [null, "unsigned", unsigned, trusting, null, /^Not signed/],
    [null, "not-a-credential", { a: 1 }, null, null, /^No credential found/],
  ];
  for (const [verdict, headline, input, policy, answer, words] of cases) {
    await withPage(box, {
      allow: { outside: answer !== null, console: /Failed to load resource/ }, before: answering({ [STATUS]: answer }),
    }, async (page) => {
      const report = await verify(page, input, policy);
      assert.deepEqual([report.verdict, report.headline], [verdict, headline]);
      assert.match(await shownText(page), words);
      await accessible(page, headline);
    });
  }
});

test("whose it is: typed before, and compared after", () =>
  withPage(box, {}, async (page) => {
    await form(page);
    await inElement(page, (_, root) => root.querySelector("#person").focus());
    await page.keyboard.sendCharacter("Max Muster");
    await inElement(page, (_, root) => root.querySelector("textarea").focus());
    await page.keyboard.sendCharacter(json);
    await page.keyboard.down("Control");
    await page.keyboard.press("Enter");
    await page.keyboard.up("Control");
    assert.equal((await settled(page)).headline, "wrong-person");
    assert.match(await shownText(page), /Ana Souza\s+someone else/);
    await inElement(page, (_, root) => {
      const field = root.querySelector("#compare");
      field.value = "Ana Souza";
      field.form.requestSubmit();
    });
    await page.waitForFunction(() => document.querySelector("probant-verifier").report?.verdict === "unrecognized");
    assert.match(await shownText(page), /Ana Souza\s+matched/);
  }));

test('network="never" answers offline and asks nobody', () =>
  withPage(box, {}, async (page) => {
    await form(page);
    await inElement(page, (verifier) => verifier.setAttribute("network", "never"));
    const report = await verify(page, withStatus, trusting);
    assert.deepEqual([report.verdict, report.headline], ["incomplete", "offline"]);
    assert.match(await shownText(page), /there was no network/);
  }));

test("bad input is an answer in words, in both languages", async () => {
  const deep = "[".repeat(10_000) + "]".repeat(10_000);
  const inputs = {
    empty: "", words: "hello", truncated: json.slice(0, -20), trailing: `${json} x`, twice: json.replace('"name"', '"name":"x","name"'), deep,
    jwt: "eyJhbGciOiJFZERTQSJ9.eyJ2YyI6e30", pdf: "%PDF-1.7\n%", html: "<!doctype html><title>x</title>", png: bakePng(null).toString("latin1"), suite: json.replace("eddsa-jcs-2022", "eddsa-2099"),
  };
  await withPage(box, {}, async (page) => {
    for (const [name, input] of Object.entries(inputs)) {
      for (const lang of ["en", "fr"]) {
        await inElement(page, (verifier, _, lang) => verifier.setAttribute("lang", lang), lang);
        const report = await inElement(page, async (verifier, _, input) => {
          verifier.credential = Uint8Array.from(input, (c) => c.charCodeAt(0));
          const report = await verifier.verify();
          await new Promise((resolve) => setTimeout(resolve, 50));
          return JSON.parse(JSON.stringify(report));
        }, input);
        assert.ok(["rejected", "incomplete", null].includes(report.verdict), name);
        assert.notEqual(report.headline, "internal", name);
        const text = await shownText(page);
        assert.doesNotMatch(text, /\{\w+\}|undefined|reason\./, name);
        assert.ok(text.length > 60, name);
      }
    }
    const big = await inElement(page, async (verifier) => {
      verifier.credential = new Blob([new Uint8Array(50 << 20)]);
      return JSON.parse(JSON.stringify(await verifier.verify()));
    });
    assert.equal(big.checks[0].reason, "input-too-large");
  });
});

test("the language can be switched at any time, and the page says so", () =>
  withPage(box, {}, async (page, server) => {
    await verify(page, json);
    await page.click("[data-lang=fr]");
    // The page and the element fetch their words each by itself.
    await page.waitForSelector("[data-lang=fr][aria-current]");
    await page.waitForFunction(() => /^Émetteur non répertorié/.test(document.querySelector("probant-verifier").shadowRoot.querySelector("[part=panel]").innerText));
    const { lang, title, current, url } = await page.evaluate(() => ({
      lang: document.documentElement.lang, title: document.title, url: location.href,
      current: document.querySelector("[aria-current]").dataset.lang,
    }));
    assert.deepEqual([lang, current, url], ["fr", "fr", `${server.origin}/?lang=fr`]);
    assert.match(title, /vérifier/);
    assert.match(await page.$eval("h1", (h) => h.textContent), /Ce badge/);
    assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]), [0, 0, ""]);
  }));

test("the page fits a phone, in both languages, with a result and without", async () => {
  for (const lang of ["en", "fr"]) {
    await withPage(box, { path: `/?lang=${lang}`, viewport: { width: 360, height: 740, isMobile: true, hasTouch: true } }, async (page) => {
      await form(page);
      const width = () => page.evaluate(() => document.scrollingElement.scrollWidth);
      assert.equal(await width(), 360);
      await verify(page, json);
      await inElement(page, (_, root) => root.querySelectorAll("details").forEach((fold) => (fold.open = true)));
      await new Promise((resolve) => setTimeout(resolve, 50));
      assert.equal(await width(), 360);
      await accessible(page, "phone");
    });
  }
});

test("the same in a worker, under the policy without Trusted Types", () =>
  withPage(box, { csp: WITH_WORKER }, async (page) => {
    await form(page);
    await inElement(page, (verifier) => verifier.removeAttribute("worker"));
    assert.equal((await verify(page, json)).verdict, "unrecognized");
    assert.equal(page.workers().length, 1);
  }));

const examples = JSON.parse(readFileSync(`${www}site/examples/index.json`, "utf8"));

test("the examples show what they promise, and ask nobody", async () => {
  const expected = {
    verified: "verified", unrecognized: "unrecognized", withdrawn: "ended", ended: "ended", rejected: "rejected",
    "other-person": "rejected", incomplete: "incomplete", unsigned: null,
  };
  assert.deepEqual(examples.map((example) => example.id).sort(), Object.keys(expected).sort());
  for (const lang of ["en", "fr"]) {
    await withPage(box, { path: `/?lang=${lang}` }, async (page) => {
      for (const { id, title, policy } of examples) {
        const button = await page.waitForSelector(`[data-example="${id}"]`);
        assert.equal(await button.evaluate((b) => b.textContent), title[lang]);
        await button.click();
        await page.waitForFunction((id) => document.querySelector(`[data-example="${id}"]`).getAttribute("aria-pressed") === "true", {}, id);
        const report = await settled(page);
        await new Promise((resolve) => setTimeout(resolve, 60));
        assert.equal(report.verdict, expected[id], id);
        assert.deepEqual(report.evidence.filter((e) => e.failure === "declined"), [], id);
        const notice = await page.$eval("#notice", (n) => n.textContent);
        assert.match(notice, /An example|Un exemple/);
        assert.equal(/Collège Exemple/.test(notice), policy !== undefined);
        await accessible(page, id);
      }
      // Another badge ends the example, and with it what the page trusted for it.
      await verify(page, json);
      assert.equal(await page.$eval("#notice", (n) => n.hidden), true);
      assert.deepEqual(await inElement(page, (verifier) => [verifier.policy, verifier.recipient]), [null, null]);
    });
  }
});

/** A golden case of each container, by the name that the report gives it. */
const CONTAINERS = {
  json: "input/ok_compact/input.json", jwt: "input/ok_jwt/input.jwt", "sd-jwt": "sd_jwt/ok_array/input.txt",
  png: "input/ok_png_compressed/input.png", svg: "input/ok_svg_json/input.svg", pdf: "files/ok_pdf_streams/input.pdf",
  zip: "files/ok_zip_of_every_kind/input.zip", tar: "files/ok_tar/input.tar", html: "link/ok_page_file/input.html",
  unknown: "several/ok_tokens_words/input.txt",
};

for (const [container, path] of Object.entries(CONTAINERS)) {
  test(`what comes as ${container} is read on the page`, async () => {
    await withPage(box, {}, async (page) => {
      await choose(page, join(www, "../tests/cases", path));
      const { verdict, format, items } = await settled(page);
      assert.deepEqual([verdict, format.container], ["unrecognized", container]);
      const expected = JSON.parse(readFileSync(`${www}../tests/cases/${path.replace(/[^/]+$/, "expected.json")}`, "utf8"));
      assert.equal(items.length, expected.items?.length ?? 0);
    });
  });
}
