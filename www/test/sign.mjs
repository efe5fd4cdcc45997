// Signs credentials for the tests: did:key, Ed25519, eddsa-jcs-2022. Written from the specifications and from nothing
// of the crate, so that the two check each other.
import { createHash, createPrivateKey, createPublicKey, sign } from "node:crypto";
import { gzipSync } from "node:zlib";

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
function base58(bytes) {
  let number = BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
  let text = "";
  for (; number > 0n; number /= 58n) text = ALPHABET[Number(number % 58n)] + text;
  return "1".repeat(bytes.findIndex((b) => b !== 0)) + text;
}

/** RFC 8785 for what stands in these documents. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}
const sha256 = (value) => createHash("sha256").update(canonical(value)).digest();

/** An issuer with a key made from `seed`. */
export function issuer(seed) {
  const secret = createHash("sha256").update(seed).digest();
  const key = createPrivateKey({ key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), secret]), format: "der", type: "pkcs8" });
  const raw = createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32);
  const multikey = `z${base58(Buffer.concat([Buffer.from([0xed, 0x01]), raw]))}`;
  const id = `did:key:${multikey}`;
  const seal = (credential) => {
    const proof = {
      type: "DataIntegrityProof", cryptosuite: "eddsa-jcs-2022", created: "2025-03-12T00:00:00Z",
      verificationMethod: `${id}#${multikey}`, proofPurpose: "assertionMethod", "@context": credential["@context"],
    };
    const data = Buffer.concat([sha256(proof), sha256(credential)]);
    return { ...credential, proof: { ...proof, proofValue: `z${base58(sign(null, data, key))}` } };
  };
  return { id, seal };
}

const CONTEXTS = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"];

/** An Open Badge by `by`, not sealed yet. */
export function badge(by, changes = {}) {
  return {
    "@context": CONTEXTS,
    id: "urn:uuid:11111111-2222-4333-8444-555555555555",
    type: ["VerifiableCredential", "OpenBadgeCredential"],
    name: "Analyse de données",
    issuer: { id: by.id, type: ["Profile"], name: "Collège Exemple" },
    validFrom: "2025-03-12T00:00:00Z",
    credentialSubject: {
      id: "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
      type: ["AchievementSubject"],
      identifier: [{ type: "IdentityObject", identityType: "name", hashed: false, identityHash: "Ana Souza" }],
      achievement: {
        id: "https://badges.example.edu/achievements/1",
        type: ["Achievement"],
        name: "Analyse de données",
        description: "Collect, clean and interpret data.",
        criteria: { narrative: "Finish **four** projects." },
      },
    },
    ...changes,
  };
}

/** A status list by `by` in which the entries `set` are withdrawn. */
export function statusList(by, url, set = []) {
  const bits = Buffer.alloc(16_384);
  for (const index of set) bits[index >> 3] |= 0x80 >> (index & 7);
  return by.seal({
    "@context": [CONTEXTS[0]],
    id: url,
    type: ["VerifiableCredential", "BitstringStatusListCredential"],
    issuer: by.id,
    validFrom: "2025-01-01T00:00:00Z",
    credentialSubject: {
      id: `${url}#list`, type: "BitstringStatusList", statusPurpose: "revocation",
      encodedList: `u${gzipSync(bits).toString("base64url")}`,
    },
  });
}

export const statusEntry = (url, index) => ({
  id: `${url}#${index}`, type: "BitstringStatusListEntry", statusPurpose: "revocation",
  statusListIndex: String(index), statusListCredential: url,
});
