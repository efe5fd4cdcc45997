import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { clean, cleanLines, escaped } = await load("widget/text.ts");
const { markdown } = await load("widget/markdown.ts");
const { safeLink } = await load("widget/link.ts");

test("text that poses, hides or reorders is made harmless", () => {
  assert.equal(clean("✅ Verified ✔️ 🔒"), "□ Verified □ □");
  assert.equal(clean("a\u202eb\u2066c\u200b\u00add\u{e0041}"), "abcd");
  assert.equal(clean("a\u0000b\nc\t d\u2028e"), "a b c d e");
  assert.equal(clean(`Z${"\u0303".repeat(100)}algo`), `Z${"\u0303".repeat(3)}algo`);
  assert.equal(clean("नमस्ते می‌خواهم 👩‍🎓 Ünïcödé"), "नमस्ते می‌خواهم 👩‍🎓 Ünïcödé");
  assert.equal(clean("x".repeat(1_000)).length, 200);
  assert.equal(clean("x".repeat(198) + "👩👩"), "x".repeat(198) + "…");
  assert.equal(cleanLines("a\r\nb\rc"), "a\nb\nc");
});

test("of all that is not seen, only joiners and the mark of emoji are let through", () => {
  const kept = Array.from({ length: 0x11_0000 }, (_, at) => at)
    .filter((at) => /\p{Default_Ignorable_Code_Point}|\p{Bidi_Control}/u.test(String.fromCodePoint(at)) && clean(`a${String.fromCodePoint(at)}b`) !== "ab");
  assert.deepEqual(kept.map((at) => at.toString(16)), ["200c", "200d", "fe0f"]);
});

test("data is shown with what hides written as escapes", () => {
  assert.equal(escaped('{"a":"\u202e✅\u200b"}'), '{"a":"\\u202e\\u2705\\u200b"}');
  assert.equal(escaped("🔒é"), "\\ud83d\\udd12é");
});

test("only plain https addresses become links", () => {
  for (const bad of ["javascript:alert(1)", "http://a.example/", "data:text/html,x", "https://user:pw@a.example/", "//a.example", "https://a.example/\u202e b",
    "ftp://a.example", "vbscript:x", "https:", "", "https://a\\b.example/", `https://a.example/${"x".repeat(3_000)}`, " https://a.example", "java\nscript:x"]) {
    assert.equal(safeLink(bad), null, bad);
  }
  assert.deepEqual(safeLink("https://bücher.example/a?b#c"), { href: "https://xn--bcher-kva.example/a?b#c", host: "xn--bcher-kva.example" });
});

test("markdown: the part that narratives use", () => {
  const text = (t) => ({ kind: "text", text: t });
  assert.deepEqual(markdown("One *two* **three _four_** `x < y`\n\n- a\n- b\n\n1. c\n2) d\n\n# Head"), [
    { kind: "p", children: [text("One "), { kind: "em", children: [text("two")] }, text(" "),
      { kind: "strong", children: [text("three "), { kind: "em", children: [text("four")] }] }, text(" "), { kind: "code", text: "x < y" }] },
    { kind: "ul", items: [[text("a")], [text("b")]] },
    { kind: "ol", items: [[text("c")], [text("d")]] },
    { kind: "p", children: [{ kind: "strong", children: [text("Head")] }] },
  ]);
  const [{ children: [link] }] = markdown("[page](https://a.example/x)");
  assert.deepEqual(link, { kind: "link", link: { href: "https://a.example/x", host: "a.example" }, children: [text("page")] });
});

test("markdown: what is not understood stays text", () => {
  const flat = (blocks) => JSON.stringify(blocks);
  for (const source of ["<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "![x](https://a.example/p.png)", "snake_case_name", "2 * 3 * 4", "a ** b", "[x](", "`", "**", "<https://"]) {
    const blocks = markdown(source);
    assert.doesNotMatch(flat(blocks), /"kind":"(?:em|strong|html|image)"/, source);
    if (!source.startsWith("!")) assert.doesNotMatch(flat(blocks), /"kind":"link"/, source);
  }
  assert.deepEqual(markdown("a\\*b\\*"), [{ kind: "p", children: [{ kind: "text", text: "a*b*" }] }]);
});

test("markdown is linear", () => {
  for (const unit of ["[", "*", "_a", "`", "<https://", "[](", "**a", "- ", "> ", "\\", "*a **b "]) {
    const text = unit.repeat(250_000);
    const start = performance.now();
    markdown(text);
    const taken = performance.now() - start;
    // Linear work takes a tenth of this on a slow machine; work that grows with the square takes minutes.
    assert.ok(taken < 3_000, `${unit}: ${taken} ms`);
  }
});
