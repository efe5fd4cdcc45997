// QR codes in pictures and before the camera, in the built page with the real core.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { describe, test } from "node:test";
import { crc32 } from "node:zlib";
import { load, www } from "./load.mjs";
import { accessible, choose, form, hostPage, inElement, settled, shownText, useBrowser, useFiles, withPage } from "./page-setup.mjs";
import { centred, code, film, laid, plain, png, turned } from "./qr-codes.mjs";
import { STRICT, WITH_WORKER } from "./server.mjs";
import { badge, issuer } from "./sign.mjs";

assert.ok(existsSync(`${www}dist/site/core/core.wasm`), "dist/core is missing: cargo xtask build makes it");

const file = useFiles();

const college = issuer("college");
const json = JSON.stringify(college.seal(badge(college)));
const other = JSON.stringify(college.seal(badge(college, { name: "Statistique" })));
const altered = json.replace("2025-03-12", "2024-03-12");

const lazy = (server) => server.requests.filter((path) => /\/(?:qr|search)-/.test(path));

describe("the search", async () => {
  const { search } = await load("widget/qr/search.ts");
  const { planeOf } = await load("widget/qr/plane.ts");
  const found = (picture) => search(picture, async () => undefined);
  const dense = "https://badges.example.edu/#c=".padEnd(2_000, "Ab3-_xYz");
  const pale = code("pale", { dark: 118, light: 142 });
  const pieces = {
    "a dense one": code(dense, { scale: 4 }),
    "turned": turned(centred(code(dense.slice(0, 900), { scale: 5 }), 900, 900), 48),
    "white on black": centred(code("inverted", { dark: 255, light: 0 }), 400, 400, 0),
    "pale": pale,
    "pale on white ground": centred(pale, 400, 400),
    "in a dark room": centred(code("dark", { dark: 2, light: 22 }), 400, 400, 9),
    "a small one in a large picture": laid(plain(4_000, 2_000, 210), [code("small", { scale: 3 }), 3_400, 1_500]),
  };
  const texts = { "a dense one": dense, turned: dense.slice(0, 900) };
  for (const [name, picture] of Object.entries(pieces)) {
    test(name, async () => {
      const text = texts[name] ?? { "white on black": "inverted", "in a dark room": "dark", "a small one in a large picture": "small" }[name] ?? "pale";
      assert.deepEqual(await found(picture), [text]);
    });
  }
  test("several, each once, in whatever writing", async () => {
    const all = ["Été 日本", "two", "two"];
    const ground = plain(1_200, 500, 230);
    const picture = laid(ground, ...all.map((text, at) => [code(text), 50 + at * 380, 100]));
    assert.deepEqual((await found(picture)).sort(), ["two", "Été 日本"]);
  });
  test("none: an empty picture, grain, a chessboard, the smallest picture", async () => {
    let seed = 1;
    const grain = plain(500, 400);
    grain.data.forEach((_, at) => (grain.data[at] = (seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff) >> 16));
    const board = plain(400, 400);
    board.data.forEach((_, at) => (board.data[at] = ((at % 400 >> 4) + (at / 6_400 | 0)) % 2 * 255));
    for (const picture of [plain(300, 200), grain, board, plain(1, 1)]) assert.deepEqual(await found(picture), []);
  });
  test("brightness", () => {
    const data = new Uint8ClampedArray([255, 255, 255, 255, 0, 0, 0, 255, 0, 255, 0, 255]);
    assert.deepEqual([...planeOf({ width: 3, height: 1, data }).data], [255, 0, 149]);
  });
});

describe("a picture", () => {
  const box = useBrowser();

  for (const [lang, note] of [["en", "Read from a QR code in the picture."], ["fr", "Lu dans un code QR de l\u2019image."]]) {
    test(`${lang}: the code in it is verified, and the answer says where it was`, () =>
      withPage(box, { path: `/?lang=${lang}` }, async (page, server) => {
        await choose(page, file("code.png", png(code(json))));
        const report = await settled(page);
        assert.deepEqual([report.verdict, report.headline, report.format.container], ["unrecognized", "genuine-status-none", "json"]);
        assert.ok((await shownText(page)).startsWith(note));
        assert.ok((await inElement(page, (_, root) => root.querySelector("[role=status]").textContent)).startsWith(note));
        await accessible(page, "answer");
        assert.equal(lazy(server).length, 2);
      }));
  }

  test("a badge that was baked in wins, and no code is looked for", () =>
    withPage(box, {}, async (page, server) => {
      await choose(page, file("both.png", png(code(other), json)));
      assert.equal((await settled(page)).format.container, "png");
      const text = await shownText(page);
      assert.match(text, /Analyse de données/);
      assert.doesNotMatch(text, /QR/);
      assert.deepEqual(lazy(server), []);
    }));

  test("without a code the answer is the core\u2019s", () =>
    withPage(box, {}, async (page) => {
      for (const [name, bytes] of [["plain.png", png(plain(40, 30))], ["damaged.jpg", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16])]]) {
        await inElement(page, (verifier) => verifier.reset());
        await choose(page, file(name, bytes));
        const report = await settled(page);
        assert.deepEqual([report.headline, report.checks[0].reason], ["not-a-credential", "image-without-credential"]);
        assert.doesNotMatch(await shownText(page), /QR/);
      }
    }));

  test("what it holds decides: an altered badge, another text, a health certificate", () =>
    withPage(box, {}, async (page) => {
      for (const [text, verdict, reason] of [
        [altered, "rejected", "signature-invalid"], ["WIFI:T:WPA;S:College;;", null, "not-recognized"],
        ["HC1:6BFOXN%TSMAHN-H3YS1IK47ES6IXJR4E47X5*T917VF+UOGIS1RYZV:X9", null, "health-pass"],
        ["VP1-B3ECQDIYACEMHIGDODB6QAJPCAAEPGE5RUAAA", null, "cbor-ld-not-read"],
      ]) {
        await inElement(page, (verifier) => verifier.reset());
        await choose(page, file("other.png", png(code(text))));
        const report = await settled(page);
        assert.equal(report.verdict, verdict);
        assert.ok(report.checks.some((check) => check.reason === reason), reason);
        assert.match(await shownText(page), /Read from a QR code/);
      }
    }));

  test("JPEG, WebP and SVG; turned, inverted and tiny; pasted and dropped", () =>
    withPage(box, {}, async (page) => {
      await form(page);
      const photo = png(turned(centred(code(json, { scale: 5 }), 1_300, 1_300, 190), 33, 190));
      const tiny = png(code(json, { scale: 1, border: 0 })).toString("base64");
      const drawing = svg(code(json, { scale: 1, border: 1 }));
      const inverted = png(centred(code(json, { scale: 4, dark: 255, light: 0 }), 800, 800, 0)).toString("base64");
      for (const [how, name, data] of [
        ["drop", "photo.jpg", await converted(page, photo, "image/jpeg")], ["paste", "photo.webp", await converted(page, photo, "image/webp")],
        ["paste", "tiny.png", tiny], ["drop", "drawing.svg", Buffer.from(drawing).toString("base64")], ["drop", "inverted.png", inverted],
      ]) {
        await inElement(page, (verifier) => verifier.reset());
        await page.evaluate((how, name, data) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], name));
          document.body.dispatchEvent(how === "drop"
            ? new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true })
            : new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true }));
        }, how, name, data);
        assert.equal((await settled(page)).verdict, "unrecognized", name);
        assert.match(await shownText(page), /Read from a QR code in the picture/, name);
      }
    }));

  test("of several codes the reader chooses one, by keyboard", () =>
    withPage(box, { path: "/?lang=fr" }, async (page) => {
      const both = laid(plain(1_700, 900), [code("https://college.example/\u202e\u2705", { scale: 6 }), 60, 60], [code(json, { scale: 5 }), 700, 40]);
      await choose(page, file("several.png", png(both)));
      await page.waitForFunction(() => document.querySelector("probant-verifier").shadowRoot.querySelector("#several"));
      assert.match(await shownText(page), /Cette image contient plusieurs codes QR/);
      assert.doesNotMatch(await shownText(page), /[\u202e\u2705]/);
      await accessible(page, "choice");
      const focused = () => inElement(page, (_, root) => root.activeElement?.textContent ?? "");
      const first = await focused();
      if (first.startsWith("college.example/")) await page.keyboard.press("Tab");
      assert.match(await focused(), /^\{/);
      await page.keyboard.press("Enter");
      const report = await settled(page);
      assert.equal(report.verdict, "unrecognized");
      assert.equal(await inElement(page, (_, root) => root.activeElement?.id), "headline");
    }));

  test("in a worker, where the page may have one, and again in the page where that cannot be had", async () => {
    for (const missing of [new Set(), new Set(["/qr-worker.js"])]) {
      await withPage(box, { csp: WITH_WORKER, missing, allow: { console: /404/ } }, async (page, server) => {
        await page.evaluate(() => document.querySelector("probant-verifier").removeAttribute("worker"));
        await choose(page, file("code.png", png(code(json))));
        assert.equal((await settled(page)).verdict, "unrecognized");
        assert.ok(server.requests.includes("/qr-worker.js"));
        assert.equal(lazy(server).some((path) => path.includes("search-")), missing.size > 0);
        assert.deepEqual(page.workers().map((worker) => worker.url()).filter((url) => url.includes("qr-worker")), []);
      });
    }
  });

  test("a page whose policy forbids pictures from memory is served as well", () =>
    withPage(box, { csp: STRICT.replace("data: blob:", ""), allow: { reports: true, console: /img-src/ } }, async (page) => {
      await choose(page, file("code.png", png(code(json))));
      assert.equal((await settled(page)).verdict, "unrecognized");
    }));

  test("a photograph of fifty million pixels is scaled down; one that would unfold into gigabytes is not opened", () =>
    withPage(box, {}, async (page) => {
      const photo = laid(plain(8_200, 6_100, 180), [code("WIFI:T:WPA;S:College;;", { scale: 40 }), 3_000, 2_000]);
      await choose(page, file("large.png", png(photo)));
      const report = await settled(page);
      assert.equal(report.checks[0].reason, "not-recognized");
      await inElement(page, (verifier) => verifier.reset());
      await choose(page, file("bomb.png", png(plain(30_000, 9_000))));
      assert.equal((await settled(page)).checks[0].reason, "image-without-credential");
    }));

  test("where the reader of codes cannot be loaded, the answer is that our checker failed", () =>
    withPage(box, { allow: { console: /ERR_INTERNET_DISCONNECTED/ } }, async (page) => {
      await form(page);
      await inElement(page, (verifier) => verifier.verify().then(() => verifier.reset()));
      await page.setOfflineMode(true);
      await choose(page, file("code.png", png(code(json))));
      assert.equal((await settled(page)).headline, "internal");
    }));

  test("without the element: no code is looked for, unless `onCodes` says which to verify", () =>
    withPage(box, { root: `${www}dist`, path: "/host.html", csp: WITH_WORKER, pages: { "/host.html": hostPage("") } }, async (page, server) => {
      const both = laid(plain(1_700, 900), [code("https://college.example/", { scale: 6 }), 60, 60], [code(altered, { scale: 5 }), 700, 40]);
      const verify = (picture, chosen) => page.evaluate(async (picture, chosen) => {
        const { createVerifier } = await import("/index.js");
        const verifier = createVerifier({ network: "never" });
        let seen = null;
        const onCodes = (texts) => (seen = texts)[chosen] ?? null;
        const report = await verifier.verify(Uint8Array.from(atob(picture), (c) => c.charCodeAt(0)), chosen === null ? {} : { onCodes });
        verifier.dispose();
        return { seen: seen?.length ?? null, verdict: report.verdict, reason: report.checks.find((check) => check.status === "failed")?.reason };
      }, picture.toString("base64"), chosen);
      const none = { seen: null, verdict: null, reason: "image-without-credential" };
      assert.deepEqual(await verify(png(code(json)), null), none);
      assert.equal((await verify(png(code(other), json), 0)).seen, null);
      assert.deepEqual(lazy(server), []);
      assert.deepEqual(await verify(png(plain(40, 30)), 0), none);
      assert.equal((await verify(png(code(json)), 0)).verdict, "unrecognized");
      assert.deepEqual(await verify(png(both), 9), { ...none, seen: 2 });
      const [first, second] = [await verify(png(both), 0), await verify(png(both), 1)];
      assert.ok([first, second].some(({ seen, verdict, reason }) => seen === 2 && verdict === "rejected" && reason === "signature-invalid"));
    }));

  /** A photograph as a telephone writes it: of many bytes. */
  const large = async (page, picture, bytes) =>
    Buffer.concat([Buffer.from(await converted(page, picture, "image/jpeg"), "base64"), Buffer.alloc(bytes)]);

  for (const [lang, note, several] of [
    ["en", "We read it from a QR code in a picture.", "This picture holds several QR codes"],
    ["fr", "Nous l\u2019avons lu dans un code QR, dans une image.", "Cette image contient plusieurs codes QR"],
  ]) {
    test(`${lang}: among several files each picture is searched, photographs of any size as well`, () =>
      withPage(box, { path: `/?lang=${lang}` }, async (page) => {
        const both = laid(plain(1_700, 900), [code("WIFI:T:WPA;S:College;;", { scale: 6 }), 60, 60], [code(altered, { scale: 5 }), 700, 40]);
        await choose(page, file("badge.json", json), file("photo.png", png(code(other))), file("both.png", png(both)),
          file("large.jpg", await large(page, png(code(json)), 5 << 20)), file("larger.jpg", await large(page, png(plain(300, 200)), 6 << 20)));
        await page.waitForFunction(() => document.querySelector("probant-verifier").shadowRoot.querySelector("#several"));
        const asked = await shownText(page);
        assert.ok(asked.includes(several) && asked.includes("both.png"));
        await inElement(page, (_, root) => [...root.querySelectorAll("[role=group] [role=group] button")].find((b) => b.textContent.startsWith("{")).click());
        const report = await settled(page);
        assert.deepEqual(report.items.map(({ format, verdict, checks }) => [format.file, verdict, checks[0].reason]), [
          ["badge.json", "unrecognized", null], ["photo.png", "unrecognized", "found-in-code"],
          ["both.png", "rejected", "found-in-code"], ["large.jpg", "unrecognized", "found-in-code"],
        ]);
        assert.deepEqual([report.verdict, report.checks[0].message.args.names], ["rejected", "larger.jpg"]);
        assert.ok(!(await shownText(page)).includes(note));
        await inElement(page, (_, root) => root.querySelectorAll("details")[1].querySelector("summary").click());
        await page.waitForFunction((note) => document.querySelector("probant-verifier").shadowRoot.textContent.includes(note), {}, note);
        await accessible(page, "several answers");
      }));
  }

  test("in an archive, and at a link, in a worker as in the page", () =>
    withPage(box, { csp: WITH_WORKER }, async (page) => {
      const link = "https://college.example/certificate.png";
      for (const worker of ["off", null]) {
        await page.evaluate((worker, link, picture) => {
          const verifier = document.querySelector("probant-verifier");
          if (worker === null) verifier.removeAttribute("worker");
          verifier.addEventListener("probant-need", (event) => {
            if (event.need.url === link) event.respondWith(Uint8Array.from(atob(picture), (c) => c.charCodeAt(0)));
          }, { once: true });
          verifier.credential = link;
          void verifier.verify();
        }, worker, link, png(code(json)).toString("base64"));
        const linked = await settled(page);
        assert.deepEqual([linked.verdict, linked.checks[0].reason, linked.evidence[0].url], ["unrecognized", "found-in-code", link]);
        await inElement(page, (verifier) => verifier.reset());
        await choose(page, file("archive.zip", zip("photo.png", png(code(altered)))));
        const packed = await settled(page);
        assert.deepEqual([packed.verdict, packed.format.file, packed.checks[0].reason], ["rejected", "photo.png", "found-in-code"]);
        await inElement(page, (verifier) => verifier.reset());
      }
    }));

  test("`onCodes` is told which file the picture is, and a program that throws is told", () =>
    withPage(box, { root: `${www}dist`, path: "/host.html", csp: WITH_WORKER, pages: { "/host.html": hostPage("") } }, async (page) => {
      const archive = zip("photo.png", png(code(json))).toString("base64");
      for (const worker of [true, false]) {
        const told = await page.evaluate(async (archive, worker) => {
          const { createVerifier } = await import("/index.js");
          const verifier = createVerifier({ worker });
          const bytes = Uint8Array.from(atob(archive), (c) => c.charCodeAt(0));
          const verify = (onCodes) => verifier.verify(bytes, { onCodes }).then((report) => report.headline, (error) => String(error));
          const seen = [];
          const answers = [
            await verify((texts, inside) => seen.push([texts.length, inside.file]) && texts[0]),
            await verify(() => null),
            await verify(() => ""),
            await verify(() => undefined),
            await verify(() => Promise.reject(new Error("mine"))),
            await verify((texts) => texts[0]),
          ];
          verifier.dispose();
          return { seen, answers };
        }, archive, worker);
        assert.deepEqual(told, { seen: [[1, "photo.png"]], answers: [
          "genuine-status-none", "not-a-credential", "not-a-credential", "not-a-credential", "Error: mine", "genuine-status-none",
        ] });
      }
    }));

  const stand = (formats, answer) => `globalThis.BarcodeDetector = class {
    static async getSupportedFormats() { return ${JSON.stringify(formats)}; }
    async detect(source) { (globalThis.seen ??= []).push(source.tagName); ${answer} }
  }`;
  for (const [name, script, ours] of [
    ["the browser\u2019s own reader is asked first", stand(["qr_code"], `return [{ rawValue: ${JSON.stringify(json)} }];`), false],
    ["one that finds nothing is not believed", stand(["qr_code"], "return [];"), true],
    ["one that breaks is passed over", stand(["qr_code"], "throw new DOMException('no', 'NotSupportedError');"), true],
    ["one without formats is not asked", stand([], "return [];"), true],
    ["one that cannot name its formats is not asked", "globalThis.BarcodeDetector = class { static async getSupportedFormats() { throw new DOMException('no'); } }", true],
  ]) {
    test(name, () =>
      withPage(box, { before: (page) => page.evaluateOnNewDocument(script) }, async (page, server) => {
        await choose(page, file("code.png", png(code(json))));
        assert.equal((await settled(page)).verdict, "unrecognized");
        assert.equal(lazy(server).some((path) => path.includes("search-")), ours);
        assert.deepEqual(await page.evaluate(() => globalThis.seen ?? []), script.includes("detect") && !script.includes("[];\n") && !name.includes("without") ? ["CANVAS"] : []);
      }));
  }
});

/** The picture in another format, in base64. */
const converted = (page, picture, type) => page.evaluate(async (data, type) => {
  const image = new Image();
  image.src = `data:image/png;base64,${data}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL(type, 0.7).split(",")[1];
}, picture.toString("base64"), type);

/** An archive of one file, which is stored as it is. */
function zip(name, contents) {
  const entry = Buffer.alloc(26);
  entry.writeUInt16LE(20, 0);
  entry.writeUInt32LE(crc32(contents), 10);
  entry.writeUInt32LE(contents.length, 14);
  entry.writeUInt32LE(contents.length, 18);
  entry.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), entry, Buffer.from(name), contents]);
  const central = Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\0"), entry, Buffer.alloc(14), Buffer.from(name)]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, central, Buffer.from("PK\u0005\u0006"), end]);
}

/** A drawing of the code. */
function svg({ width, height, data }) {
  let path = "";
  for (let at = 0; at < data.length; at++) if (data[at] === 0) path += `M${at % width} ${Math.floor(at / width)}h1v1h-1z`;
  return `<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><path d="${path}"/></svg>`;
}

const CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
/** Notes every track that the page gets. */
const watched = (page) => page.evaluateOnNewDocument(() => {
  globalThis.tracks = [];
  const media = MediaDevices.prototype;
  const { getUserMedia } = media;
  media.getUserMedia = async function (wanted) {
    globalThis.wanted = wanted;
    const stream = await getUserMedia.call(this, wanted);
    globalThis.tracks.push(...stream.getTracks());
    return stream;
  };
});
const trackStates = (page) => page.evaluate(() => globalThis.tracks.map((track) => track.readyState));
const scanButton = (page, label = "Scan a QR code") => page.waitForFunction((label) =>
  [...(document.querySelector("probant-verifier").shadowRoot?.querySelectorAll("form button") ?? [])].find((b) => b.textContent === label), {}, label);
const view = (page) => page.waitForFunction(() => document.querySelector("probant-verifier").shadowRoot.querySelector("dialog.camera"));
const said = (page, pattern) => page.waitForFunction((pattern) =>
  new RegExp(pattern).test(document.querySelector("probant-verifier").shadowRoot.querySelector("dialog.camera [role=status]")?.textContent), {}, pattern);
const gone = (page) => page.waitForFunction(() => !document.querySelector("probant-verifier").shadowRoot.querySelector("dialog.camera"));
/** Opens the view by keyboard. */
async function open(page, label) {
  const button = await scanButton(page, label);
  await button.evaluate((b) => b.focus());
  await page.keyboard.press("Enter");
  await view(page);
}

describe("a camera that sees a code", () => {
  const box = useBrowser(async () => {
    const path = file("code.y4m");
    await film(path, centred(code(json, { scale: 5 }), 1_280, 960, 170));
    return [...CAMERA, `--use-file-for-fake-video-capture=${path}`];
  });

  for (const [lang, label, note, csp] of [
    ["en", "Scan a QR code", "Read from a QR code with the camera.", undefined],
    ["fr", "Scanner un code QR", "Lu dans un code QR avec la cam\u00e9ra.", WITH_WORKER],
  ]) {
    test(`${lang}: reads it ${csp ? "in a worker" : "in the page"}, turns the camera off, and verifies`, () =>
      withPage(box, { path: `/?lang=${lang}`, before: watched, ...(csp && { csp }) }, async (page, server) => {
        if (csp) await page.evaluate(() => document.querySelector("probant-verifier").removeAttribute("worker"));
        await scanButton(page, label);
        assert.deepEqual(lazy(server), []);
        await open(page, label);
        const report = await settled(page);
        assert.deepEqual([report.verdict, report.format.container], ["unrecognized", "json"]);
        assert.ok((await shownText(page)).startsWith(note));
        assert.deepEqual(await trackStates(page), ["ended"]);
        assert.equal(await page.evaluate(() => globalThis.wanted.video.facingMode.ideal), "environment");
        assert.equal(await page.evaluate(() => globalThis.wanted.audio), false);
        assert.equal(await inElement(page, (_, root) => root.activeElement?.id), "headline");
        await gone(page);
      }));
  }

  test("a page whose policy forbids the camera offers none", () =>
    withPage(box, { headers: { "Permissions-Policy": "camera=()" } }, async (page) => {
      await form(page);
      assert.equal(await inElement(page, (_, root) => [...root.querySelectorAll("button")].some((b) => b.textContent.includes("QR"))), false);
    }));

  test("`camera` is a word of `input`; without it there is no button", () =>
    withPage(box, {}, async (page) => {
      await form(page);
      const labels = (input) => inElement(page, async (verifier, root, input) => {
        verifier.input = input;
        await new Promise((resolve) => setTimeout(resolve, 20));
        return [...root.querySelectorAll("form button")].map((b) => b.textContent);
      }, input);
      assert.deepEqual(await labels("paste file"), ["Verify", "Choose a file"]);
      assert.deepEqual(await labels("camera"), ["Scan a QR code"]);
      await open(page);
      assert.equal((await settled(page)).verdict, "unrecognized");
    }));
});

describe("a camera that sees no code", () => {
  const box = useBrowser(async () => {
    const path = file("empty.y4m");
    await film(path, plain(640, 480, 140));
    return [...CAMERA, `--use-file-for-fake-video-capture=${path}`];
  });
  const looking = "^Hold the QR code";

  test("Escape and the button close it, turn the camera off, and give the focus back", () =>
    withPage(box, { before: watched }, async (page) => {
      for (const close of [
        () => page.keyboard.press("Escape"),
        () => page.keyboard.press("Enter"),
      ]) {
        await open(page);
        await said(page, looking);
        assert.equal((await trackStates(page)).at(-1), "live");
        await accessible(page, "camera");
        await close();
        await gone(page);
        assert.ok((await trackStates(page)).every((state) => state === "ended"));
        assert.equal(await inElement(page, (_, root) => root.activeElement?.textContent), "Scan a QR code");
        assert.equal(await inElement(page, (verifier) => verifier.report), null);
      }
    }));

  test("the camera goes off where the element is removed, another input comes, or the page is hidden", () =>
    withPage(box, { before: watched }, async (page) => {
      await open(page);
      await said(page, looking);
      await page.evaluate(() => {
        Object.defineProperty(document, "visibilityState", { configurable: true, value: "hidden" });
        document.dispatchEvent(new Event("visibilitychange"));
      });
      await said(page, "turned off");
      assert.deepEqual(await trackStates(page), ["ended"]);
      await page.evaluate(() => delete document.visibilityState);
      await page.keyboard.press("Enter");
      await said(page, looking);
      assert.deepEqual(await trackStates(page), ["ended", "live"]);
      await inElement(page, (verifier, _, json) => {
        verifier.credential = json;
        void verifier.verify();
      }, json);
      await settled(page);
      await gone(page);
      assert.deepEqual(await trackStates(page), ["ended", "ended"]);
      await inElement(page, (_, root) => [...root.querySelectorAll("button")].find((b) => b.textContent === "Check another").click());
      await open(page);
      await said(page, looking);
      await page.evaluate(() => document.querySelector("probant-verifier").remove());
      await page.waitForFunction(() => globalThis.tracks.every((track) => track.readyState === "ended"));
      assert.equal((await trackStates(page)).length, 3);
    }));

  test("a change of language and of size leaves it open", () =>
    withPage(box, { before: watched, viewport: { width: 360, height: 640 } }, async (page) => {
      await open(page);
      await said(page, looking);
      await inElement(page, async (verifier) => {
        verifier.lang = "fr";
        await new Promise((resolve) => setTimeout(resolve, 200));
      });
      assert.equal(await inElement(page, (_, root) => root.querySelector("dialog.camera").matches(":modal")), true);
      assert.deepEqual(await trackStates(page), ["live"]);
      const overflow = await inElement(page, (_, root) => [...root.querySelectorAll("dialog.camera *")].filter((e) => e.getBoundingClientRect().right > 360).length);
      assert.equal(overflow, 0);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
    }));

  test("above the element\u2019s own dialog, Escape closes the camera alone", () =>
    withPage(box, { before: watched }, async (page) => {
      await inElement(page, (verifier) => {
        verifier.display = "button";
        verifier.show();
      });
      await open(page);
      await said(page, looking);
      await page.keyboard.press("Escape");
      await gone(page);
      assert.equal(await inElement(page, (verifier) => verifier.hasAttribute("open")), true);
      assert.deepEqual(await trackStates(page), ["ended"]);
    }));

  for (const [lang, label, texts] of [
    ["en", "Scan a QR code", { NotAllowedError: "not allowed", NotFoundError: "no camera", NotReadableError: "doesn\u2019t answer", TypeError: "could not be started" }],
    ["fr", "Scanner un code QR", { NotAllowedError: "pas permise", NotFoundError: "pas de cam\u00e9ra", NotReadableError: "ne r\u00e9pond pas", TypeError: "pas pu d\u00e9marrer" }],
  ]) {
    test(`${lang}: each way to fail has its sentence, and may be tried again`, () =>
      withPage(box, { path: `/?lang=${lang}` }, async (page) => {
        await page.evaluate(() => {
          MediaDevices.prototype.getUserMedia = async () => {
            throw new DOMException("", globalThis.trouble);
          };
        });
        let first = true;
        for (const [name, text] of Object.entries(texts)) {
          await page.evaluate((name) => (globalThis.trouble = name), name);
          if (first) await open(page, label);
          else await page.keyboard.press("Enter");
          first = false;
          await said(page, text);
          await accessible(page, name);
        }
      }));
  }

  test("where the view cannot be loaded, the answer is that our checker failed", () =>
    withPage(box, { allow: { console: /ERR_INTERNET_DISCONNECTED/ } }, async (page) => {
      const button = await scanButton(page);
      await page.setOfflineMode(true);
      await button.evaluate((b) => b.click());
      assert.equal((await settled(page)).headline, "internal");
    }));

  test("a native reader that never finds anything is helped out, one that does is believed", () =>
    withPage(box, {
      before: async (page) => {
        await watched(page);
        await page.evaluateOnNewDocument((json) => {
          globalThis.BarcodeDetector = class {
            static async getSupportedFormats() { return ["qr_code"]; }
            async detect(source) {
              globalThis.looks = (globalThis.looks ?? 0) + 1;
              return globalThis.looks < 30 ? [] : [{ rawValue: json }];
            }
          };
        }, json);
      },
    }, async (page, server) => {
      await open(page);
      assert.equal((await settled(page)).verdict, "unrecognized");
      assert.ok(lazy(server).some((path) => path.includes("search-")), "ours looked as well after a while");
      assert.deepEqual(await trackStates(page), ["ended"]);
    }));
});

describe("a reader who refuses", () => {
  const box = useBrowser(async () => [CAMERA[0], "--use-fake-ui-for-media-stream=deny"]);
  test("is told how to change that, and what else works", () =>
    withPage(box, { before: watched }, async (page) => {
      await open(page);
      await said(page, "not allowed");
      assert.deepEqual(await trackStates(page), []);
      await page.keyboard.press("Escape");
      await gone(page);
    }));
});
