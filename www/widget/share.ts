/** Links that carry a credential in their fragment, which browsers never send to a server. */

/** Longest fragment that is offered as a link; mail programs and chats cut longer ones. */
const MAX_FRAGMENT = 16_000;

/** The fragment for an input, without `#`; `null` where it would be too long. */
export async function toFragment(bytes: Uint8Array): Promise<string | null> {
  if (bytes.length === 0 || bytes.length > 1 << 20) return null;
  const address = asAddress(bytes);
  if (address) return `url=${encodeURIComponent(address)}`;
  const packed = await pack(bytes);
  const fragment = packed.length < bytes.length ? `z=${base64url(packed)}` : `c=${base64url(bytes)}`;
  return fragment.length <= MAX_FRAGMENT ? fragment : null;
}

function asAddress(bytes: Uint8Array): string | null {
  if (bytes.length > 2_048) return null;
  const text = new TextDecoder().decode(bytes).trim();
  return /^https:\/\/\S+$/i.test(text) ? text : null;
}

async function pack(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function base64url(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
