import assert from "node:assert/strict";
import { test } from "node:test";
import { load, messages as widget, most, qr, rare, site, vocabulary } from "./load.mjs";
import { bases, checks, headlines, reasons, statuses, vouched } from "./rust.mjs";

const wordings = (message) => (Array.isArray(message) ? message : [message]);
const placeholders = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const each = function* (messages) {
  for (const [key, message] of Object.entries(messages)) for (const text of wordings(message)) yield [key, text];
};

test("the crate's codes were found", () => {
  assert.equal(checks.length, 24);
  assert.deepEqual(statuses, ["passed", "warned", "failed", "unknown", "absent", "skipped"]);
  assert.ok(reasons.length >= 100 && headlines.length >= 23);
});

/** Every other row has a reason, and says that (`tests/golden.rs` holds all reports to it). */
const WITHOUT_REASON = ["passed", "absent"];

for (const lang of ["en", "fr"]) {
  test(`${lang}: every headline, check and reason of the crate has its words`, () => {
    const needed = [
      ...headlines.flatMap((h) => [`word.${h}`, `headline.${h}`, `headline.${h}.sentence`]),
      ...checks.flatMap((c) => WITHOUT_REASON.map((s) => `check.${c}.${s}`)),
      ...reasons.map((r) => `reason.${r}`),
      ...statuses.map((s) => `status.${s}`),
      ...bases.map((b) => `ui.basis.${b}`),
    ];
    assert.deepEqual(vouched.filter((v) => !Object.hasOwn(vocabulary[lang], `technical.vouched.${v}`)), []);
    assert.deepEqual(needed.filter((key) => !Object.hasOwn(widget[lang], key)), []);
  });

  test(`${lang}: no message is left over`, () => {
    const known = new Set([
      ...[...headlines, "several.one", "look-alike"].flatMap((h) => [`word.${h}`, `headline.${h}`, `headline.${h}.sentence`]),
      ...checks.flatMap((c) => WITHOUT_REASON.map((s) => `check.${c}.${s}`)),
      ...reasons.map((r) => `reason.${r}`),
    ]);
    const left = Object.keys(widget[lang]).filter((k) => /^(word|headline|check|reason)\./.test(k) && !known.has(k));
    assert.deepEqual(left, []);
  });

  test(`${lang}: a wording that may miss an argument has one without it to fall back on`, () => {
    const always = new Set(["time", "count", "date", "clock", "host", "name", "source", "value", "member"]);
    for (const [key, message] of Object.entries(widget[lang])) {
      const last = placeholders(wordings(message).at(-1));
      const allowed = /^(check|reason|headline|word)\./.test(key) ? ["time"] : [...always];
      assert.deepEqual(last.filter((p) => !allowed.includes(p)), [], key);
    }
  });

  test(`${lang}: sentences have at most 15 words, and none of the words that only experts know`, () => {
    const jargon = lang === "en"
      ? /\b([Hh]ash|DIDs?|[Mm]erkle|[Pp]roofs?|[Cc]ryptosuite|JSON|JWT|RDF|[Rr]evoked|[Uu]nverified)\b/
      : /\b([Hh]achage|[Hh]ash|DID|[Mm]erkle|[Pp]reuves?|JSON|JWT|RDF|[Rr]évoqué)\b/;
    for (const [key, text] of [widget, qr, vocabulary].flatMap((messages) => [...each(messages[lang])])) {
      if (key.startsWith("technical.")) continue;
      assert.doesNotMatch(text, jargon, key);
      for (const sentence of text.split(/(?<=[.!?\u2026])\s+/)) {
        const words = sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
        assert.ok(words.length <= 15, `${key}: ${words.length} words: ${sentence}`);
      }
    }
  });

  test(`${lang}: answers about withdrawal say when`, () => {
    for (const check of ["currency.revocation", "currency.suspension"]) {
      for (const text of wordings(widget[lang][`check.${check}.passed`])) assert.match(text, /\{time\}/);
    }
    for (const reason of ["revoked", "suspended", "status-message"]) {
      for (const text of wordings(widget[lang][`reason.${reason}`])) assert.match(text, /\{time\}/);
    }
  });

  test(`${lang}: typography`, () => {
    for (const [key, text] of [widget, qr, vocabulary, site].flatMap((messages) => [...each(messages[lang])])) {
      assert.doesNotMatch(text, /['"]|\.\.\.|  |^\s|\s$/, key);
      if (lang === "en") continue;
      // In Canada: a no-break space before a colon and inside quotation marks, none before ; ! ?
      assert.doesNotMatch(text, /[^\u00a0\d]:(?!\/\/)|« |[^\u00a0]»|«[^\u00a0]|\s[;!?]/, key);
    }
  });
}

for (const [name, { en, fr }] of Object.entries({ widget, qr, vocabulary, site })) {
  test(`${name}: English and French say the same with the same arguments`, () => {
    assert.deepEqual(Object.keys(fr), Object.keys(en));
    for (const key of Object.keys(en)) {
      assert.deepEqual(wordings(fr[key]).map(placeholders), wordings(en[key]).map(placeholders), key);
      assert.notEqual(String(fr[key]) === String(en[key]) && String(en[key]).split(" ").length > 2, true, `${key} is not translated`);
    }
  });
}

test("a message stands in one file, and what an answer is headed by is never waited for", () => {
  assert.deepEqual(Object.keys(rare.en).filter((key) => Object.hasOwn(most.en, key) || !/^(check|reason)\./.test(key)), []);
});

test("every reason and every headline can be shown as a made-up state", async () => {
  const { mockReport, MOCKS } = await load("widget/mock.ts");
  for (const reason of reasons) {
    const report = mockReport(reason);
    assert.ok(report, reason);
  }
  // The verdict `incomplete` has this name already.
  const named = (headline) => (headline === "incomplete" ? "other-incomplete" : headline);
  for (const headline of headlines) assert.equal(mockReport(named(headline))?.headline, headline);
  for (const name of MOCKS) assert.ok(mockReport(name), name);
  assert.equal(mockReport("nonsense"), null);
  assert.equal(mockReport("constructor"), null);
});
