/** What an element's attributes name as its input. */

import { bare } from "./own";
import type { Input } from "./verifier";

/** Largest file that is read from this site; the core's own bound is the same. */
const MAX_BYTES = 8 << 20;

/** The content or address that the element with the id `id` holds. */
export function inputOf(element: Element | null): string | null {
  if (element instanceof HTMLImageElement) return element.currentSrc || element.src;
  if (element instanceof HTMLAnchorElement) return element.href;
  return element?.textContent ?? null;
}

/**
 * A page's own file is read as the page would read it; any other address goes to the core, which decides whether it may
 * be looked up at all.
 */
export async function fromAddress(address: URL, network: boolean, signal: AbortSignal): Promise<Input> {
  if (address.protocol === "data:") return (await fetch(address, bare({ signal }))).arrayBuffer();
  if (!network || address.origin !== location.origin) return address.href;
  try {
    const response = await fetch(address, bare<RequestInit>({ credentials: "omit", referrerPolicy: "no-referrer", signal }));
    const bytes = response.ok ? await response.arrayBuffer() : null;
    return bytes && bytes.byteLength <= MAX_BYTES ? bytes : address.href;
  } catch {
    return address.href;
  }
}
