// Ours in WASM and the reference in JavaScript, in one process, on the same credentials.
// usage: node node.mjs CORE_FOLDER CASES_FOLDER

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { peer } from "./peer.mjs";
import { at, ms, sample, table } from "./stats.mjs";

const NOW = "2026-11-22T12:00:00Z";
const [coreFolder, cases] = process.argv.slice(2);

const core = await import(pathToFileURL(join(coreFolder, "core.js")));
await core.default({ module_or_path: readFileSync(join(coreFolder, "core.wasm")) });
const options = { network: "never", now: NOW };
const ours = (bytes) => core.verify(bytes, options, {});

/** What both can be asked about: single credentials in JSON with one proof by a did:key. */
function comparable(folder) {
  const file = readdirSync(folder).find((name) => name === "input.json");
  if (!file || readdirSync(folder).includes("policy.json")) return null;
  const bytes = readFileSync(join(folder, file));
  let credential;
  try {
    credential = JSON.parse(bytes);
  } catch {
    return null;
  }
  const { proof } = credential;
  const known = ["eddsa-rdfc-2022", "eddsa-jcs-2022", undefined].includes(proof?.cryptosuite);
  const method = proof?.verificationMethod;
  if (!known || typeof method !== "string" || !method.startsWith("did:key:z6Mk") || credential.credentialStatus) return null;
  return { bytes, credential };
}

/** The reference must accept what our test keys signed, and both must refuse what was changed since. */
async function agree() {
  const count = { accepted: 0, refused: 0 };
  const differ = [];
  for (const family of readdirSync(cases)) {
    for (const name of readdirSync(join(cases, family))) {
      const found = comparable(join(cases, family, name));
      if (!found) continue;
      const { verified, error } = await peer(found.credential, NOW)();
      const expected = /^ok_|^ended_/.test(name);
      // The reference lets some spellings through that hide members, and its dates are its own affair.
      const dated = name.startsWith("ended_") && /expire|valid/i.test(String(error?.errors ?? error));
      if (expected && !verified && !dated) differ.push(`${family}/${name}: ${error?.errors?.[0] ?? error}`);
      else count[verified ? "accepted" : "refused"]++;
    }
  }
  console.log(`the reference accepts ${count.accepted} of our test credentials and refuses ${count.refused}`);
  for (const line of differ) console.log(`  not accepted by the reference: ${line}`);
  return differ.length === 0;
}

const CREDENTIALS = [
  ["eddsa-rdfc-2022, VCDM 2.0", "proof/ok_eddsa_rdfc"],
  ["Ed25519Signature2020, VCDM 1.1", "proof/ok_v1_signature_2020"],
  ["eddsa-jcs-2022, VCDM 2.0", "proof/ok_eddsa_jcs"],
];

const good = await agree();
const rows = [["Open Badges 3.0 credential, warm", "ours median", "p10", "peer median", "p10", "ratio", "ours per s"]];
for (const [title, path] of CREDENTIALS) {
  const bytes = readFileSync(join(cases, path, "input.json"));
  const report = await ours(bytes);
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
  const [a, b] = [at(mine, 0.5), at(other, 0.5)];
  rows.push([title, ms(a), ms(at(mine, 0.1)), ms(b), ms(at(other, 0.1)), `${(b / a).toFixed(1)} x`, (1000 / a).toFixed(0)]);
}
table(rows);
process.exit(good ? 0 : 1);
