import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { load } from "./load.mjs";

const { toFragment } = await load("widget/share.ts");
const { fromAddress } = await load("site/address.ts");
const bytes = (text) => new TextEncoder().encode(text);
const back = async (fragment) => fromAddress(new URL(`https://page.example/#${fragment}`));
const text = (input) => (typeof input === "string" ? input : new TextDecoder().decode(input));

test("what a link carries comes back byte for byte", async () => {
  const json = JSON.stringify({ type: ["VerifiableCredential"], name: "Éloïse 👩‍🎓", list: Array.from({ length: 100 }, (_, i) => i) });
  const fragment = await toFragment(bytes(json));
  assert.match(fragment, /^z=[\w-]+$/);
  assert.equal(text(await back(fragment)), json);
  const random = crypto.getRandomValues(new Uint8Array(300));
  const plain = await toFragment(random);
  assert.match(plain, /^c=[\w-]+$/);
  assert.deepEqual(await back(plain), random);
});

test("an address is carried as an address", async () => {
  const url = "https://example.edu/c/42.json?a=b&c=d#e";
  assert.equal(await toFragment(bytes(url)), `url=${encodeURIComponent(url)}`);
  assert.equal(await back(`url=${encodeURIComponent(url)}`), url);
  assert.equal(await fromAddress(new URL("https://page.example/?url=https://a.example/x")), "https://a.example/x");
});

test("too much for a link is no link", async () => {
  assert.equal(await toFragment(crypto.getRandomValues(new Uint8Array(20_000))), null);
  assert.equal(await toFragment(new Uint8Array()), null);
});

test("damaged and bloated links are handed on as they are, to be told so", async () => {
  assert.equal(await fromAddress(new URL("https://page.example/")), null);
  assert.equal(await back("c=!!!"), "!!!");
  assert.equal(await back("z=AAAA"), "AAAA");
  const bomb = deflateRawSync(Buffer.alloc(64 << 20)).toString("base64url");
  assert.equal(await back(`z=${bomb}`), bomb);
});
