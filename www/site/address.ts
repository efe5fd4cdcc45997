/** What the page's address carries. */

/** Most bytes that a fragment may unpack to. */
const MAX_UNPACKED = 8 << 20;

/** The input that a page's address carries: `#c=`, `#z=`, `#url=` or `?url=`; `null` where it carries none. */
export async function fromAddress(address: URL): Promise<Uint8Array | string | null> {
  const fragment = new URLSearchParams(address.hash.slice(1));
  const plain = fragment.get("c");
  if (plain) return unbase64url(plain) ?? plain;
  const packed = fragment.get("z");
  if (packed) {
    const bytes = unbase64url(packed);
    return (bytes && (await unpack(bytes))) ?? packed;
  }
  return fragment.get("url") ?? address.searchParams.get("url");
}

/** `null` where it is damaged or too large: the caller shows what it was given, and the core says that it is unreadable. */
async function unpack(bytes: Uint8Array): Promise<Uint8Array | null> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  try {
    const reader = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      chunks.push(next.value as Uint8Array<ArrayBuffer>);
      length += next.value.length;
      if (length > MAX_UNPACKED) {
        await reader.cancel();
        return null;
      }
    }
  } catch {
    return null;
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

function unbase64url(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  } catch {
    return null;
  }
}
