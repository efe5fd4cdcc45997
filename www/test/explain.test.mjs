import assert from "node:assert/strict";
import { test } from "node:test";
import { load, messages } from "./load.mjs";

const { explain, toText } = await load("widget/explain.ts");
const { mockReport, MOCKS } = await load("widget/mock.ts");
const { Words, pickLang } = await load("widget/words.ts");
const now = new Date("2026-03-12T14:02:30Z");
const at = { timeZone: "UTC", now };
const english = { ...at, lang: "en", locale: "en-CA" };
const french = { ...at, lang: "fr", locale: "fr-CA" };

test("green belongs to the verdict verified alone", () => {
  for (const name of MOCKS) {
    const report = mockReport(name, now);
    const { tone, rows } = explain(report, messages.en, english);
    assert.equal(tone === "good", report.verdict === "verified", name);
    assert.equal(rows.some((row) => row.tone === "good"), report.verdict === "verified", name);
    if (report.verdict === "incomplete") assert.equal(tone, "unknown", name);
  }
});

test("what is missing or left out is never shown as passed", () => {
  for (const name of MOCKS) {
    for (const { status, tone } of explain(mockReport(name, now), messages.en, english).rows) {
      if (status === "absent" || status === "skipped") assert.equal(tone, "none");
      if (status === "unknown") assert.equal(tone, "unknown");
    }
  }
});

test("not being listed is no failing mark; posing as a listed issuer is a caution", () => {
  const tone = (name) => explain(mockReport(name, now), messages.en, english).rows.find((r) => r.id === "trust.issuer").tone;
  assert.equal(tone("unrecognized"), "none");
  assert.equal(tone("issuer-not-listed"), "none");
  assert.equal(tone("issuer-look-alike"), "caution");
  const { notes, sentence } = explain(mockReport("issuer-look-alike", now), messages.en, english);
  assert.doesNotMatch(sentence.text, /fraud/);
  assert.deepEqual(notes.map((n) => n.text), ["It uses the name Collège Exemple, but is not the Collège Exemple that this page knows."]);
});

test("what to know beside a good answer has no place beside a bad one", () => {
  const notes = (name) => {
    const report = mockReport(name, now);
    report.checks[0].status = "warned";
    return explain(report, messages.en, english).notes.length;
  };
  assert.deepEqual(["verified", "unrecognized", "ended", "rejected", "unsigned"].map(notes), [1, 1, 1, 0, 0]);
});

test("the words of a few answers", () => {
  const said = (name, options) => {
    const { word, headline, cause, sentence } = explain(mockReport(name, now), messages[options.lang], options);
    return [word, headline.text, cause?.text, sentence.text];
  };
  // British time, for the Canadian one is spaced differently from one ICU to the next.
  assert.deepEqual(said("verified", { ...english, locale: "en-GB" }), [
    "Verified", "Genuine, unchanged and still valid", undefined, "Signed by Collège Exemple, and not withdrawn as of 14:02.",
  ]);
  assert.deepEqual(said("verified", french), [
    "Vérifié", "Authentique, non modifié et toujours valide", undefined,
    "Signé par Collège Exemple; aucun retrait constaté à 14 h 02.",
  ]);
  assert.deepEqual(said("ended", french).slice(0, 2), ["N’est plus valide", "Authentique, mais échu depuis le 30 septembre 2025"]);
  assert.deepEqual(said("incomplete", english).slice(1, 3), [
    "Genuine and unchanged. We couldn’t check whether it was withdrawn.",
    "badges.example.edu did not answer, or does not let web pages ask.",
  ]);
  assert.deepEqual(said("several", french).slice(3), ["La réponse d’ensemble est celle du moins sûr : N’est plus valide."]);
  assert.deepEqual(said("not-read", french).slice(1), [
    "Nous n’avons pas lu ce fichier",
    "Ce PDF est endommagé, ou fait d’une façon que nous ne lisons pas.",
    "Essayez le fichier du badge, ou le lien qui y mène.",
  ]);
});

test("an answer about withdrawal that does not say when gets a time of its own", () => {
  const row = (name) => explain(mockReport(name, now), messages.en, english).rows.find((r) => r.id === "currency.revocation");
  assert.equal(row("verified").when, null);
  assert.match(row("verified").sentence.text, /2:02/);
  assert.match(row("incomplete").when, /2:02/);
  assert.equal(row("ok-status-none").when, null);
});

test("a date stays the day that was written, wherever it is read", () => {
  for (const timeZone of ["Pacific/Honolulu", "Asia/Tokyo"]) {
    const words = new Words("en", messages.en, { locale: "en-CA", timeZone });
    assert.equal(words.date("2025-03-12T00:00:00Z"), "March 12, 2025");
    assert.equal(words.date("2025-03-12T23:59:59-08:00"), "March 12, 2025");
    assert.equal(words.date("0099-03-12T00:00:00Z").includes("99"), true);
  }
  assert.equal(new Words("fr", messages.fr, { locale: "fr-CA" }).date("2025-07-01T00:00:00Z"), "1er juillet 2025");
});

test("a time of another day names the day", () => {
  const later = { timeZone: "UTC", now: new Date("2026-03-13T09:00:00Z") };
  assert.equal(new Words("fr", messages.fr, { ...later, locale: "fr-CA" }).time(now.toISOString()), "le 12 mars 2026 à 14 h 02");
  assert.match(new Words("en", messages.en, { ...later, locale: "en-GB" }).time(now.toISOString()), /^12 March 2026, 14:02$/);
});

test("a reason that the messages do not know still says how the check came out", () => {
  const report = mockReport("incomplete", now);
  const check = report.checks.find((c) => c.id === "currency.revocation");
  check.message.key = "reason.from-the-future";
  const row = explain(report, messages.en, english).rows.find((r) => r.id === "currency.revocation");
  assert.equal(row.sentence.text, "Could not be found out");
});

test("arguments are never taken from a prototype", () => {
  Object.prototype.host = "evil.example";
  try {
    const report = mockReport("incomplete", now);
    for (const check of report.checks) delete check.message.args.host;
    const { cause } = explain(report, messages.en, english);
    assert.equal(cause.text, "The server did not answer, or does not let web pages ask.");
  } finally {
    delete Object.prototype.host;
  }
});

test("values from elsewhere stand apart from our words", () => {
  const report = mockReport("incomplete", now);
  const check = report.checks.find((c) => c.id === "currency.revocation");
  check.message.args.host = "\u202eevil\u0007 ✅ {url} <b>";
  const { cause } = explain(report, messages.en, english);
  assert.deepEqual(cause.parts[0], { value: "evil □ {url} <b>" });
  assert.equal(cause.parts.length, 2);
});

test("plain text: verdict first, dashes for what is missing, nothing claimed where nothing is proven", () => {
  const good = toText(mockReport("verified", now), messages.en, english).split("\n");
  assert.equal(good[0], "Verified — Genuine, unchanged and still valid");
  assert.ok(good.includes("“Data analysis”") && good.includes("Issued to: Ana Souza (not compared)"));
  assert.ok(good.includes("[-] No end date stated."));
  const bad = toText(mockReport("rejected", now), messages.fr, french);
  assert.doesNotMatch(bad, /Ana Souza|Analyse/);
  assert.match(bad, /^Non authentique — /);
  assert.match(toText(mockReport("several", now), messages.en, english), /\n {2}Verified — /);
});

test("a value that ends in a full stop takes no second one", () => {
  const { sentence } = explain(mockReport("verified", now), messages.en, english);
  assert.match(sentence.text, /2:02\sp\.m\.$/);
});

test("languages", () => {
  assert.equal(pickLang(["fr-CA", "en"]), "fr");
  assert.equal(pickLang(["de", "FR"]), "fr");
  assert.equal(pickLang(["frx", ""]), "en");
  assert.equal(pickLang([]), "en");
});

test("a view is told in the reader's language where it is there in it, and only where there is such a text", async () => {
  const { inLanguage } = await load("widget/told.ts");
  const view = {
    title: "Data", issuer: { name: "College" }, details: [{ name: "hasPart", value: "Statistics" }], achievement: null,
    translations: [
      { of: "title", language: "fry", value: "Gegevens" },
      { of: "title", language: "FR-ca", value: "Donn\u00e9es" },
      { of: "title", language: "fr", value: "Data (fr)" },
      { of: "details.0.value", language: "fr", value: "Statistique" },
      ...["achievement.name", "details.9.value", "nothing", "", "__proto__.polluted", "constructor.prototype.polluted"]
        .map((of) => ({ of, language: "fr", value: "x" })),
    ],
  };
  const before = structuredClone(view);
  const { translations, ...told } = inLanguage(view, { lang: "fr" });
  assert.deepEqual(told, {
    title: "Donn\u00e9es", issuer: { name: "College" }, details: [{ name: "hasPart", value: "Statistique" }], achievement: null,
  });
  assert.deepEqual(view, before);
  assert.equal({}.polluted, undefined);
  assert.equal(inLanguage(view, { lang: "en" }), view);
});
