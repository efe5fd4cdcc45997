/** What an element's attributes ask of a verification. */

import type { Policy, Recipient } from "./report";

/** `base`, with the person and the issuers that attributes name. Attributes only add demands and pins. */
export function policyOf(base: Policy | null, person: string | null, issuers: readonly (string | null)[]): Policy {
  const policy: Policy = { ...base };
  const recipient = person?.trim();
  if (recipient) policy.recipient = recipientOf(recipient);
  const named = issuers.flatMap((list) => list?.split(/[\s,]+/).filter(Boolean) ?? []);
  if (named.length > 0) {
    policy.trust = { ...base?.trust, pinned: [...(base?.trust?.pinned ?? []), ...named.map((id) => ({ id }))] };
  }
  return policy;
}

/** Tells a typed e-mail address, identifier and name apart. */
function recipientOf(text: string): Recipient {
  if (/^(?:did:|https?:|urn:)\S+$/i.test(text)) return { id: text };
  const address = text.replace(/^mailto:/i, "");
  return /^[^\s@]+@[^\s@]+$/.test(address) ? { email: address } : { name: text };
}
