// Ours in WASM and the reference in JavaScript, in one process, on the same credentials.
// usage: node node.mjs CORE_FOLDER CASES_FOLDER

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { knows, peer } from "./peer.mjs";
import { at, ms, sample, table } from "./stats.mjs";

const NOW = "2026-11-22T12:00:00Z";
const [coreFolder, cases] = process.argv.slice(2);

const core = await import(pathToFileURL(join(coreFolder, "core.js")));
await core.default({ module_or_path: readFileSync(join(coreFolder, "core.wasm")) });
const ours = (bytes) => core.step(bytes, [], {}, Date.parse(NOW));

/** What both can be asked about: single credentials in JSON with one proof by a whole did:key method. */
function comparable(folder) {
  const files = readdirSync(folder);
  if (!files.includes("input.json") || files.includes("policy.json")) return null;
  let credential;
  try {
    const text = readFileSync(join(folder, "input.json"), "utf8");
    // A member of the present context, of which the reference's package has a former edition.
    if (text.includes('"endorsementJwt"')) return null;
    credential = JSON.parse(text);
  } catch {
    return null;
  }
  const { proof, credentialStatus, type } = credential;
  const method = proof?.verificationMethod;
  const whole = typeof method === "string" && /^did:key:(z6Mk\w+)#\1$/.test(method);
  return knows(proof) && whole && !credentialStatus && type?.includes("VerifiableCredential") ? credential : null;
}

/** Why a refusal is not compared: a date, or a context that the reference was not given. */
const ASIDE = /"validUntil"|"validFrom"|has expired|not at hand|Dereferencing a URL/;
/** Signed with the former contents of a context, of which the reference has the present ones. */
const FORMER = "ok_context_former";

/** The reference must accept what our test keys signed. */
async function agree() {
  const count = { accepted: 0, refused: 0 };
  const differ = [];
  for (const family of readdirSync(cases)) {
    for (const name of readdirSync(join(cases, family))) {
      const credential = comparable(join(cases, family, name));
      if (!credential) continue;
      const { verified, error } = await peer(credential, NOW)();
      const cause = String(error?.errors?.[0] ?? error);
      if (name === FORMER || ASIDE.test(cause)) continue;
      count[verified ? "accepted" : "refused"]++;
      if (name.startsWith("ok_") && !verified) differ.push(`${family}/${name}: ${cause}`);
    }
  }
  console.log(`the reference accepts ${count.accepted} of our test credentials and refuses ${count.refused}`);
  for (const line of differ) console.log(`  it should have accepted ${line}`);
  return differ.length === 0;
}

const CREDENTIALS = [
  ["eddsa-rdfc-2022, VCDM 2.0", "proof/ok_eddsa_rdfc"],
  ["Ed25519Signature2020, VCDM 1.1", "proof/ok_v1_signature_2020"],
  ["eddsa-jcs-2022, VCDM 2.0", "proof/ok_eddsa_jcs"],
];

const good = await agree();
const rows = [["Open Badges 3.0 credential, warm", "ours median", "p10", "peer median", "p10", "ratio", "of p10", "ours per s"]];
for (const [title, path] of CREDENTIALS) {
  const bytes = readFileSync(join(cases, path, "input.json"));
  const report = ours(bytes);
  if (report.verdict !== "unrecognized") throw new Error(`ours: ${path} is ${report.verdict}`);
  const theirs = peer(JSON.parse(bytes), NOW);
  const { verified, error } = await theirs();
  if (!verified) throw new Error(`the reference: ${path}: ${error}`);
  // Turn by turn, so that a busy machine slows both.
  const mine = [];
  const other = [];
  for (let round = 0; round < 5; round++) {
    mine.push(...(await sample(() => ours(bytes), { warm: 200, count: 200 })));
    other.push(...(await sample(theirs, { warm: 30, count: 60 })));
  }
  mine.sort((a, b) => a - b);
  other.sort((a, b) => a - b);
  const [a, b, a10, b10] = [at(mine, 0.5), at(other, 0.5), at(mine, 0.1), at(other, 0.1)];
  const ratio = (ours, theirs) => `${(theirs / ours).toFixed(1)} x`;
  rows.push([title, ms(a), ms(a10), ms(b), ms(b10), ratio(a, b), ratio(a10, b10), (1000 / a).toFixed(0)]);
}
table(rows);
process.exit(good ? 0 : 1);
