// The element in a page, with a core that does what the test tells it: attributes, events, dialog, worker, faults.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { load, messages, www } from "./load.mjs";
import { accessible, hostPage, inElement, openAll, settled, shownText, until, useBrowser, withPage } from "./page-setup.mjs";
import { serve, STRICT, WITH_WORKER } from "./server.mjs";

const { mockReport } = await load("widget/mock.ts");
const core = readFileSync(`${www}test/stub-core.js`, "utf8");
const box = useBrowser();
const report = mockReport("verified", new Date());
const order = (more = {}) => JSON.stringify({ report, ...more });

/** A page with `body`, the stub in place of the core. */
const on = (body, work, { csp = WITH_WORKER, pages = {}, ...more } = {}) => withPage(box, {
  root: `${www}dist`, path: "/host.html", csp, ...more,
  pages: { "/host.html": hostPage(body), "/core/core.js": core, "/core/core.wasm": "", "/badge.json": order(), ...pages },
}, work);

/** The file that holds the contents of the folds. */
const folds = readdirSync(`${www}dist`).find((name) => /^folds-.*\.js$/.test(name));
const element = '<probant-verifier display="inline"></probant-verifier>';

/** Verifies `input` in the page's element; gives what the stub was told. */
const verify = (page, input, before = () => {}) => page.evaluate(async (input, before) => {
  const verifier = document.querySelector("probant-verifier");
  new Function("verifier", `(${before})(verifier)`)(verifier);
  verifier.credential = input;
  const report = await verifier.verify();
  return report && { ...JSON.parse(report.args.echo ?? "{}"), headline: report.headline };
}, input, before.toString());

test("without scripts, and before the element works, its content is the fallback", () =>
  on('<probant-verifier src="/badge.json"><a href="/badge.json">Verify this credential</a></probant-verifier>', async (page) => {
    assert.equal(await page.evaluate(() => document.querySelector("a").offsetParent !== null), true);
  }, { before: (page) => page.setJavaScriptEnabled(false) }));

test("the dialog: opened by keyboard, named, closed by Escape, and the focus is back on the button", () =>
  on('<probant-verifier src="/badge.json"></probant-verifier>', async (page) => {
    await page.waitForFunction(() => document.querySelector("probant-verifier").shadowRoot.querySelector("[part=button]"));
    await page.evaluate(() => {
      globalThis.toggles = [];
      document.addEventListener("probant-toggle", (event) => globalThis.toggles.push(event.detail.open));
    });
    assert.equal(await page.evaluate(() => document.querySelector("probant-verifier").shadowRoot.querySelector("[part=button]").textContent), "Verify this credential");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const { verdict } = await settled(page);
    assert.equal(verdict, "verified");
    const state = () => page.evaluate(() => {
      const verifier = document.querySelector("probant-verifier");
      const { shadowRoot } = verifier;
      return {
        open: verifier.hasAttribute("open"), modal: shadowRoot.querySelector("dialog").matches(":modal"), verdict: verifier.dataset.verdict,
        state: verifier.matches(":state(verified)"), status: shadowRoot.querySelector("[role=status]").textContent,
        button: shadowRoot.querySelector("[part=button]").textContent, focus: shadowRoot.activeElement?.getAttribute("part"),
      };
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const open = await state();
    assert.deepEqual({ ...open, focus: null }, {
      open: true, modal: true, verdict: "verified", state: true, status: "Verified. Genuine, unchanged and still valid",
      button: "Verified · Collège Exemple", focus: null,
    });
    await accessible(page, "dialog");
    // The button for closing lies on the panel, not beside it.
    const [outer, inner] = await page.evaluate(() => ["dialog", "[part=panel]"].map((s) => document.querySelector("probant-verifier").shadowRoot.querySelector(s).clientWidth));
    assert.equal(inner, outer);
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector("probant-verifier").hasAttribute("open"));
    assert.equal((await state()).focus, "button");
    assert.deepEqual(await page.evaluate(() => globalThis.toggles), [true, false]);
  }));

test("a walk through the answer with the keyboard alone", () =>
  on('<probant-verifier display="inline" input="all" page="https://check.example/"></probant-verifier>', async (page) => {
    await page.waitForFunction(() => document.querySelector("probant-verifier").shadowRoot.querySelector("textarea"));
    const focus = () => page.evaluate(() => {
      const { activeElement } = document.querySelector("probant-verifier").shadowRoot;
      return activeElement ? (activeElement.id || activeElement.textContent.trim()) : null;
    });
    const tabs = async (count) => {
      const seen = [];
      for (let i = 0; i < count; i++) {
        await page.keyboard.press("Tab");
        seen.push(await focus());
      }
      return seen;
    };
    assert.deepEqual(await tabs(1), ["credential"]);
    await page.keyboard.sendCharacter(order());
    assert.deepEqual(await tabs(4), ["Verify", "Choose a file", "Scan a QR code", "person"]);
    await page.keyboard.press("Enter");
    await settled(page);
    assert.equal(await focus(), "headline");
    assert.deepEqual(await tabs(9), ["compare", "Compare", "What we checked (11)", "About this achievement", "Technical details",
      "Copy result", "Save receipt", "Check on an independent page", "Check another"]);
    await page.keyboard.press("Enter");
    assert.equal(await focus(), "credential");
  }));

test("the link that is ready after the answer leaves the focus where it is", async () => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const pages = { [`/${folds}`]: held.then(() => readFileSync(`${www}dist/${folds}`)) };
  await on('<probant-verifier display="inline" input="all" page="https://check.example/"></probant-verifier>', async (page) => {
    await page.waitForFunction(() => document.querySelector("probant-verifier").shadowRoot.querySelector("textarea"));
    await page.keyboard.press("Tab");
    await page.keyboard.sendCharacter(order());
    for (let i = 0; i < 4; i++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await settled(page);
    const link = () => page.evaluate(() => document.querySelector("probant-verifier").shadowRoot.querySelector("[part=actions] a").hash);
    const focus = () => page.evaluate(() => document.querySelector("probant-verifier").shadowRoot.activeElement?.textContent.trim() ?? null);
    for (let i = 0; i < 9 && (await focus()) !== "Save receipt"; i++) await page.keyboard.press("Tab");
    assert.equal(await focus(), "Save receipt");
    assert.equal(await link(), "");
    release();
    await page.waitForFunction(() => document.querySelector("probant-verifier").shadowRoot.querySelector("[part=actions] a").hash);
    assert.equal(await focus(), "Save receipt");
    await page.keyboard.press("Tab");
    assert.equal(await focus(), "Check on an independent page");
  }, { pages });
});

test('auto="visible" waits until it is seen; interest fetches the core and begins nothing', () =>
  on(`${"<br>".repeat(200)}<probant-verifier display="inline" auto="visible" src="/badge.json"></probant-verifier>`, async (page, server) => {
    const fetched = () => server.requests.includes("/core/core.js");
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(fetched(), false);
    await inElement(page, (verifier) => void verifier.dispatchEvent(new PointerEvent("pointerenter")));
    for (const end = Date.now() + 5_000; !fetched() && Date.now() < end; ) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(fetched(), true);
    assert.deepEqual(await inElement(page, (verifier) => [verifier.report, verifier.matches(":state(idle)")]), [null, true]);
    await inElement(page, (verifier) => verifier.scrollIntoView());
    assert.equal((await settled(page)).headline, "ok");
  }));

test("an answer that was given offline is given anew once the network is back, and no other", () =>
  on(element, async (page) => {
    for (const [headline, times] of [["offline", 1], ["ok", 0]]) {
      await verify(page, JSON.stringify({ report: mockReport(headline, new Date()) }));
      await page.evaluate(() => {
        globalThis.answers = 0;
        document.addEventListener("probant-report", () => globalThis.answers++);
        dispatchEvent(new Event("online"));
      });
      if (times > 0) await until(page, () => globalThis.answers > 0);
      await new Promise((resolve) => setTimeout(resolve, 100));
      assert.equal(await page.evaluate(() => globalThis.answers), times, headline);
    }
  }));

test("where the contents of the folds cannot be had the answer stands, with all that it is about; they are asked for again", async () => {
  const missing = new Set([`/${folds}`]);
  await on('<probant-verifier display="inline" mock="record"></probant-verifier>', async (page) => {
    await until(page, () => document.querySelector("probant-verifier").shadowRoot.querySelectorAll("[part=record] > [part=item]").length === 5);
    missing.clear();
    await inElement(page, (_, root) => void (root.querySelector(".body > [part=checks]").open = true));
    await until(page, () => document.querySelector("probant-verifier").shadowRoot.querySelector("[part=check]") !== null);
  }, { missing, allow: { console: /404/ } });
});

test("where there is no clipboard the text itself is offered", () =>
  on(element, async (page) => {
    await verify(page, order());
    const text = await inElement(page, async (_, root) => {
      Object.defineProperty(navigator, "clipboard", { value: undefined });
      [...root.querySelectorAll("button")].find((b) => b.textContent === "Copy result").click();
      await new Promise((resolve) => setTimeout(resolve, 20));
      return root.querySelector("[part=actions] + textarea")?.value ?? null;
    });
    assert.match(text, /^Verified — Genuine, unchanged and still valid\n/);
    await accessible(page, "no clipboard");
  }));

test("slots: the host's own label, icon, actions and footer", () =>
  on(`<probant-verifier display="inline" src="/badge.json"><b slot="icon">I</b><a slot="actions" href="/">A</a><i slot="footer">F</i></probant-verifier>
    <probant-verifier src="/badge.json"><span slot="label">Check it</span></probant-verifier>`, async (page) => {
    await verify(page, order());
    const [shown, label] = await page.evaluate(() => [
      [...document.querySelectorAll("[slot=icon], [slot=actions], [slot=footer]")].map((e) => e.getClientRects().length > 0),
      document.querySelector("[slot=label]").assignedSlot.parentElement.getAttribute("part"),
    ]);
    assert.deepEqual([shown, label], [[true, true, true], "button"]);
  }));

test("src, for and credential name the input; attributes become the policy", async () => {
  const body = `<script type="application/ld+json" id="data">${order()}</script><a id="link" href="/badge.json">x</a>
    <probant-verifier display="inline" recipient="ana@example.org" expected-issuer="did:web:a.example, b.example" network="never"></probant-verifier>`;
  await on(body, async (page) => {
    const echo = async (attributes) => page.evaluate(async (attributes) => {
      const verifier = document.querySelector("probant-verifier");
      for (const [name, value] of Object.entries(attributes)) verifier.setAttribute(name, value);
      return JSON.parse((await verifier.verify()).args.echo);
    }, attributes);
    const { options, where } = await echo({ for: "data" });
    assert.deepEqual(options, {
      policy: { recipient: { email: "ana@example.org" }, trust: { pinned: [{ id: "did:web:a.example" }, { id: "b.example" }] } },
      network: "never",
    });
    assert.equal(where, "worker");
    assert.equal((await echo({ network: "allow", for: "link", recipient: "Ana Souza" })).options.policy.recipient.name, "Ana Souza");
    assert.equal((await echo({ src: "badge.json", recipient: "did:key:z6Mk" })).options.policy.recipient.id, "did:key:z6Mk");
  });
});

test("a remote address goes to the core as it is, and is offered as a link", () =>
  on(element, async (page) => {
    const sent = await page.evaluate(async () => {
      const { createVerifier } = await import("/index.js");
      try {
        await createVerifier().verify(new URL("https://badges.example.edu/1.json"));
      } catch (error) {
        return String(error);
      }
    });
    // The stub reads its orders as JSON, and an address is none.
    assert.match(sent, /JSON/);
  }));

test("documents are asked of the page first", () =>
  on(element, async (page) => {
    const urls = ["https://a.example/1", "https://a.example/2", "https://a.example/3", "https://a.example/4", "https://a.example/5", "https://a.example/6"];
    const { answers } = await verify(page, order({ needs: urls }), (verifier) => {
      globalThis.progress = [];
      verifier.addEventListener("probant-progress", (event) => globalThis.progress.push(event.detail.known));
      verifier.addEventListener("probant-need", (event) => {
        const { need } = event.detail;
        if (need.url.endsWith("1")) event.respondWith(new TextEncoder().encode("bytes"));
        if (need.url.endsWith("2")) event.respondWith(Promise.resolve(new Response("gone", { status: 410 })));
        if (need.url.endsWith("3")) event.respondWith({ failure: "timeout" });
        if (need.url.endsWith("4")) event.preventDefault();
        if (need.url.endsWith("5")) event.respondWith(new Response("x".repeat(2_000)));
      });
    });
    assert.deepEqual(Object.values(answers), ["bytes", '{"failure":"gone"}', '{"failure":"timeout"}', '{"failure":"declined"}', '{"failure":"too-large"}', "undefined"]);
    assert.deepEqual(await page.evaluate(() => globalThis.progress), [0, 1, 2, 3, 4, 5]);
  }));

test('network="ask" names the hosts before anybody is contacted', () =>
  on('<probant-verifier display="inline" network="ask"></probant-verifier>', async (page) => {
    for (const [choice, expected] of [["Contact them", "undefined"], ["Finish without", '{"failure":"declined"}']]) {
      const done = verify(page, order({ needs: ["https://a.example/1", "https://b.example/2"], together: true }));
      await page.waitForFunction(() => /a\.exampleb\.example/.test(document.querySelector("probant-verifier").shadowRoot.textContent));
      await accessible(page, "asking");
      await page.evaluate((choice) => [...document.querySelector("probant-verifier").shadowRoot.querySelectorAll("button")].find((b) => b.textContent === choice).click(), choice);
      assert.deepEqual(Object.values((await done).answers), [expected, expected]);
    }
  }));

test("a linked picture or evidence is the host page's to give, and nobody is asked about it", () =>
  on('<probant-verifier display="inline" network="ask"></probant-verifier>', async (page) => {
    const input = order({ needs: ["https://a.example/1"], kind: "resource" });
    assert.deepEqual((await verify(page, input)).answers, { "https://a.example/1": "undefined" });
    const { answers } = await verify(page, input, (verifier) => verifier.addEventListener("probant-need", (event) => event.respondWith(new TextEncoder().encode("bytes"))));
    assert.deepEqual(answers, { "https://a.example/1": "bytes" });
  }));

test("a verification that is cancelled has no answer", () =>
  on(element, async (page) => {
    const done = verify(page, order({ wait: 3_000 }));
    await page.waitForFunction(() => document.querySelector("probant-verifier").matches(":state(busy)"));
    await inElement(page, async (_, root) => {
      while (!root.querySelector(".running button")) await new Promise((resolve) => setTimeout(resolve, 5));
      root.querySelector(".running button").click();
    });
    assert.equal(await inElement(page, (verifier) => verifier.matches(":state(idle)")), true);
    assert.equal(await done, null);
  }));

test("the independent page is where the script came from, if that is another site; this very site would be none", async () => {
  const elsewhere = await serve(`${www}dist`, { headers: { "Access-Control-Allow-Origin": "*" } });
  try {
    const body = '<probant-verifier display="inline" mock="verified"></probant-verifier>';
    for (const [origin, expected] of [["", null], [elsewhere.origin, `${elsewhere.origin}/`]]) {
      await on(body, async (page) => {
        await settled(page);
        await page.waitForFunction(() => document.querySelector("probant-verifier").shadowRoot.querySelector("[part=actions]"));
        const link = await inElement(page, (_, root) => root.querySelector("[part=actions] a")?.href ?? null);
        assert.equal(link, expected);
      }, {
        csp: WITH_WORKER.replace("script-src", `script-src ${elsewhere.origin}`), allow: { outside: true },
        pages: { "/host.html": hostPage(body).replace("/define.js", `${origin}/define.js`) },
      });
    }
  } finally {
    await elsewhere.close();
  }
});

test("a trap is a report of our own fault, and the next verification has a fresh instance", async () => {
  for (const [csp, attribute] of [[WITH_WORKER, ""], [STRICT, 'worker="off"']]) {
    await on(`<probant-verifier display="inline" ${attribute}></probant-verifier>`, async (page) => {
      assert.deepEqual(await verify(page, order({ trap: true })), { headline: "internal" });
      assert.match(await shownText(page), /Our checker failed/);
      const { where, headline } = await verify(page, order());
      assert.deepEqual([where, headline], [attribute ? "page" : "worker", "ok"]);
    }, { csp });
  }
});

test("an innocent verification survives the trap of another", () =>
  on(element, async (page) => {
    const verdicts = await page.evaluate(async (slow, trap) => {
      const { createVerifier } = await import("/index.js");
      const verifier = createVerifier();
      await verifier.ready();
      return (await Promise.all([slow, trap, slow].map((input) => verifier.verify(input)))).map((r) => r.headline);
    }, order({ wait: 100 }), order({ trap: true }));
    assert.deepEqual(verdicts, ["ok", "internal", "ok"]);
  }));

test("an abort reaches the core in its worker", () =>
  on(element, async (page) => {
    const echo = await page.evaluate(async (input) => {
      const { createVerifier } = await import("/index.js");
      const abort = new AbortController();
      const onNeed = () => {
        abort.abort();
        return new Promise((resolve) => setTimeout(() => resolve({ failure: "declined" }), 50));
      };
      return JSON.parse((await createVerifier().verify(input, { signal: abort.signal, onNeed })).args.echo);
    }, order({ needs: ["https://a.example/1"] }));
    assert.deepEqual([echo.where, echo.aborted], ["worker", true]);
  }));

test("a program whose `onNeed` throws is told, in a worker as in the page", () =>
  on(element, async (page) => {
    const errors = await page.evaluate(async (input) => {
      const { createVerifier } = await import("/index.js");
      const onNeed = () => Promise.reject(new Error("mine"));
      return Promise.all([true, false].map((worker) => createVerifier({ worker }).verify(input, { onNeed }).catch(String)));
    }, order({ needs: ["https://a.example/1"] }));
    assert.deepEqual(errors, ["Error: mine", "Error: mine"]);
  }));

test("misuse is refused to programs and never shown as an answer", () =>
  on(element, async (page) => {
    assert.equal((await verify(page, order({ misuse: true }))).headline, "internal");
    const error = await page.evaluate(async (input) => (await import("/index.js")).verify(input).catch((e) => `${e.name}: ${e.message}`), order({ misuse: true }));
    assert.equal(error, "TypeError: options.policy: wrong type");
  }));

test("where no worker may be had the page itself verifies", () =>
  on(element, async (page) => {
    assert.equal((await verify(page, order())).where, "page");
  }, { csp: `${WITH_WORKER}; worker-src 'none'`, allow: { reports: true, console: /worker-src/ } }));

test("Trusted Types: nothing is violated where the worker is switched off", () =>
  on('<probant-verifier display="inline" input="all" worker="off"></probant-verifier>', async (page) => {
    assert.equal((await verify(page, order())).where, "page");
    await page.evaluate(() => {
      for (const fold of document.querySelector("probant-verifier").shadowRoot.querySelectorAll("details")) fold.open = true;
    });
  }, { csp: STRICT }));

test("a core that cannot be loaded is our own fault", () =>
  on(element, async (page) => {
    assert.equal((await verify(page, order())).headline, "internal");
    await accessible(page, "no core");
  }, { pages: { "/core/core.js": "throw new Error('no')" }, allow: { console: /./ } }));

test("hostile text in every field stays text, and no view shows marks that pose or characters that hide", async () => {
  const payloads = [
    "<img src=x onerror=\"__pwned=1\">", "<script>__pwned=1</script>", "\"><svg onload=__pwned=1>", "javascript:__pwned=1",
    "[x](javascript:__pwned=1)", "<a href=\"javascript:__pwned=1\">x</a>", "{{constructor.constructor('__pwned=1')()}}",
    "</style><script>__pwned=1</script>", "<!--", "]]>", "`${__pwned=1}`", "**<img src=x onerror=__pwned=1>**",
    "data:text/html,<script>__pwned=1</script>", "https://evil.example/\"onmouseover=\"__pwned=1", "__proto__", "constructor",
    "<https://evil.example/<script>>", "<iframe srcdoc=\"<script>parent.__pwned=1</script>\">", "<math><mtext></form><form><mglyph><style></math><img src onerror=__pwned=1>",
    "\u202e\u2066<b>\u0000", "\u2705 \u{1f512} **\u2714\ufe0f** [\u2611\u200b](https://evil.example/\u2713) `\u{1f6e1}\u202e`\n\n- \u2714\u2028\n\n```\n\u2705\u{e0041}\n```",
  ];
  const foul = /[\u2705\u2611\u2713\u2714\u{1f512}\u{1f6e1}\u0000\u200b\u2028\u202e\u2066\u{e0041}]/u;
  /** Our own codes, which the words hang on. */
  const OURS = new Set(["fit"]);
  const poison = (value, text) => {
    if (typeof value === "string") return text;
    if (Array.isArray(value)) return value.map((v) => poison(v, text));
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, OURS.has(k) ? v : poison(v, text)]));
    return value;
  };
  const hostile = (report, text) => ({
    ...report, args: poison(report.args, text), attested: poison(report.attested, text), claimed: poison(report.claimed, text),
    issuer: report.issuer && { ...report.issuer, name: text, source: text, id: text },
    checks: report.checks.map((c) => ({ ...c, message: { key: c.message.key, args: poison({ host: "", date: "", name: "", url: "" }, text) } })),
    evidence: report.evidence.map((e) => ({ ...e, url: text })),
    format: { ...report.format, securing: text, sha256: text, file: text },
    items: report.items.map((item) => hostile(item, text)),
    endorsements: report.endorsements.map((one) => ({ ...one, report: hostile(one.report, text) })),
  });
  const plain = mockReport("verified", new Date());
  const several = mockReport("several", new Date());
  several.items = [plain, { ...plain, attested: null, claimed: plain.attested }, ...["record", "endorsed", "hosted-only"].map((mock) => mockReport(mock, new Date()))];
  const allowed = new Set(("p button slot div span svg path time h2 h3 ul ol li dl dt dd bdi details summary figure figcaption img a form label input textarea table thead "
    + "tbody tr th td pre code em strong b blockquote").split(" "));
  await on('<probant-verifier display="inline" input="all" worker="off"></probant-verifier>', async (page) => {
    for (const text of payloads) {
      await verify(page, JSON.stringify({ report: hostile(several, text) }));
      await openAll(page);
      const found = await page.evaluate(() => {
        const { shadowRoot } = document.querySelector("probant-verifier");
        const all = [...shadowRoot.querySelectorAll("*")];
        return {
          tags: [...new Set(all.map((e) => e.localName))],
          missing: ["claims", "endorsements", "record"].filter((part) => !shadowRoot.querySelector(`[part=${part}] *`)),
          links: all.filter((e) => e.localName === "a").map((a) => [a.protocol, a.rel.startsWith("noopener noreferrer nofollow")]),
          handlers: all.flatMap((e) => e.getAttributeNames().filter((n) => n.startsWith("on") || n === "style" || n === "srcdoc")),
          texts: all.flatMap((e) => [...e.childNodes, ...e.attributes].filter((n) => n.nodeType !== Node.ELEMENT_NODE).map((n) => n.nodeValue)),
          pwned: "__pwned" in globalThis,
        };
      });
      assert.deepEqual(found.missing, [], text);
      assert.deepEqual(found.tags.filter((tag) => !allowed.has(tag)), [], text);
      assert.deepEqual(found.handlers, []);
      assert.equal(found.pwned, false, text);
      assert.deepEqual(found.texts.filter((shown) => foul.test(shown)), [], text);
      for (const link of found.links) assert.deepEqual(link, ["https:", true]);
    }
  }, { csp: STRICT });
});

test("a page that pollutes prototypes does not change the answer", async () => {
  const bare = mockReport("incomplete", new Date());
  for (const key of ["issuer", "attested", "claimed"]) delete bare[key];
  for (const check of bare.checks) {
    delete check.reason;
    delete check.evidence;
    check.message.args = {};
  }
  const input = JSON.stringify({ report: bare });
  const texts = [];
  for (const pollution of [() => {}, () => {
    const traps = { verdict: "verified", headline: "ok", status: "passed", reason: "x", name: "Harvard", host: "evil.example", issuer: { id: "x", name: "Harvard", basis: "list" },
      attested: { title: "Forged" }, claimed: null, evidence: "https://evil.example", date: "2020-01-01T00:00:00Z", time: "never", mock: "verified", hidden: true, class: "x",
      part: "x", open: true, signal: 1, network: "never", policy: {}, answer: {}, kind: "report", get: () => 1, set: () => 1, locale: "xx", timeZone: "Mars" };
    for (const [name, value] of Object.entries(traps)) {
      if (name === "get" || name === "set") continue;
      Object.prototype[name] = value;
    }
    Array.prototype.extra = "x";
    String.prototype.extra = "x";
  }]) {
    for (const csp of [WITH_WORKER, STRICT]) {
      await on(`<probant-verifier display="inline" ${csp === STRICT ? 'worker="off"' : ""}></probant-verifier>`, async (page) => {
        await page.waitForFunction(() => document.querySelector("probant-verifier").shadowRoot?.childElementCount);
        await page.evaluate((source) => new Function(source)(), `(${pollution})()`);
        await page.evaluate(async (input) => {
          const verifier = document.querySelector("probant-verifier");
          verifier.credential = input;
          await verifier.verify();
          await new Promise((resolve) => setTimeout(resolve, 60));
        }, input);
        texts.push(await page.evaluate(() => document.querySelector("probant-verifier").shadowRoot.querySelector("[part=panel]").innerText));
      }, { csp });
    }
  }
  const same = (text) => text.replace(/\d+:\d\d.(?:AM|PM|[ap]\.m\.)/g, "TIME");
  assert.match(texts[0], /^Couldn’t fully check/);
  for (const text of texts) assert.equal(same(text), same(texts[0]));
});

test("another language re-words the answer, verifies nothing anew, and leaves open what the reader opened", () =>
  on(`<div lang="fr"><probant-verifier display="inline"></probant-verifier></div>`, async (page) => {
    await verify(page, order());
    assert.match(await shownText(page), /^Vérifié/);
    const before = await page.evaluate(() => document.querySelector("probant-verifier").report.at);
    await inElement(page, (_, root) => new Promise((resolve) => {
      const fold = root.querySelector("details[part=checks]");
      fold.addEventListener("toggle", () => resolve(null));
      fold.open = true;
    }));
    await page.evaluate(() => document.querySelector("probant-verifier").setAttribute("lang", "en"));
    await page.waitForFunction(() => /^Verified/.test(document.querySelector("probant-verifier").shadowRoot.querySelector("[part=panel]").innerText));
    assert.equal(await page.evaluate(() => document.querySelector("probant-verifier").report.at), before);
    const folds = () => inElement(page, (_, root) => [...root.querySelectorAll("details")].map((fold) => fold.open && fold.querySelector("li").innerText));
    await until(page, () => document.querySelector("probant-verifier").shadowRoot.querySelector("[part=check]") !== null);
    assert.deepEqual((await folds()).map(Boolean), [true, false, false]);
    assert.match((await folds())[0], /The file could be read/);
  }));

test("an endorsement by itself shows what it says, and nobody to whom it was issued", () =>
  on(element, async (page) => {
    const attested = { ...report.attested, comment: "We reviewed this course." };
    await verify(page, JSON.stringify({ report: { ...report, format: { ...report.format, family: "endorsement" }, attested } }));
    const text = await shownText(page);
    assert.match(text, /What it says\s+We reviewed this course\./);
    assert.doesNotMatch(text, /Issued to|Whose is it/);
  }));

test("what few answers say comes in a file of its own, which no other answer waits for", async () => {
  const below = JSON.stringify({ report: mockReport("result-below", new Date()) });
  const row = (page) => page.evaluate(async () => {
    const { shadowRoot } = document.querySelector("probant-verifier");
    const fold = shadowRoot.querySelector("[part=checks]");
    if (!fold.open) fold.querySelector("summary").click();
    for (const end = Date.now() + 5_000; !fold.querySelector("li.warned") && Date.now() < end;) await new Promise((resolve) => setTimeout(resolve, 5));
    return fold.querySelector("li.warned").innerText;
  });
  const asked = ({ requests }) => requests.filter((url) => url.includes("rare-")).length;
  await on(element, async (page, server) => {
    await verify(page, order());
    assert.equal(asked(server), 0);
    await verify(page, below);
    assert.ok((await row(page)).includes(messages.en["reason.result-below"]));
    await page.evaluate(() => document.querySelector("probant-verifier").setAttribute("lang", "fr"));
    await page.waitForFunction(() => /^Vérifié/.test(document.querySelector("probant-verifier").shadowRoot.querySelector("[part=panel]").innerText));
    assert.ok((await row(page)).includes(messages.fr["reason.result-below"]));
    assert.equal(asked(server), 2);
  });
  const missing = new Set(readdirSync(`${www}dist`).filter((name) => name.startsWith("rare-")).map((name) => `/${name}`));
  await on(element, async (page) => {
    assert.equal((await verify(page, below)).headline, "ok");
    assert.ok((await row(page)).includes(messages.en["status.warned"]));
    missing.clear();
    await verify(page, below);
    assert.ok((await row(page)).includes(messages.en["reason.result-below"]));
  }, { missing, allow: { console: /404/ } });
});

test("result and receipt can be taken along; the link carries the credential in its fragment", () =>
  on('<probant-verifier display="inline" page="https://check.example/page"></probant-verifier>', async (page) => {
    const input = order();
    await verify(page, input);
    await page.waitForFunction(() => document.querySelector("probant-verifier").shadowRoot.querySelector("a.button")?.hash);
    const { link, copied, receipt } = await page.evaluate(async () => {
      const { shadowRoot } = document.querySelector("probant-verifier");
      const click = (text) => [...shadowRoot.querySelectorAll("button")].find((b) => b.textContent === text).click();
      let copied = null;
      Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => void (copied = text) } });
      click("Copy result");
      let receipt = null;
      const create = URL.createObjectURL;
      URL.createObjectURL = (blob) => {
        receipt = blob.text();
        return create(blob);
      };
      HTMLAnchorElement.prototype.click = () => {};
      click("Save receipt");
      await new Promise((resolve) => setTimeout(resolve, 20));
      return { link: shadowRoot.querySelector("a.button").href, copied, receipt: JSON.parse(await receipt) };
    });
    assert.match(copied, /^Verified — Genuine, unchanged and still valid\n/);
    assert.equal(receipt.verdict, "verified");
    assert.ok(link.startsWith("https://check.example/page#"), link);
    const { fromAddress } = await load("site/address.ts");
    assert.equal(new TextDecoder().decode(await fromAddress(new URL(link))), input);
  }));

test("two copies of the script on one page get along", () =>
  on(`${element}<script type="module" src="/define.js?copy"></script>`, async (page) => {
    assert.equal((await verify(page, order())).headline, "ok");
  }));

test("what was set before the class was there counts", () =>
  withPage(box, {
    root: `${www}dist`, path: "/host.html", csp: WITH_WORKER,
    pages: {
      "/host.html": hostPage('<probant-verifier display="inline" auto="load"></probant-verifier>').replace("/define.js", "/late.js"),
      "/late.js": `document.querySelector("probant-verifier").credential = ${JSON.stringify(order())}; await import("/define.js");`,
      "/core/core.js": core, "/core/core.wasm": "",
    },
  }, async (page) => {
    assert.equal((await settled(page)).headline, "ok");
  }));

test("a moved element goes on; a removed one stops", () =>
  on(`${element}<div id="elsewhere"></div>`, async (page) => {
    const moved = verify(page, order({ wait: 150 }));
    await page.evaluate(() => document.querySelector("#elsewhere").append(document.querySelector("probant-verifier")));
    assert.equal((await moved).headline, "ok");
    const removed = page.evaluate(async (input) => {
      const verifier = document.querySelector("probant-verifier");
      verifier.credential = input;
      const done = verifier.verify();
      verifier.remove();
      return (await done) === null && verifier.report === null;
    }, order({ wait: 150 }));
    assert.equal(await removed, true);
  }));
