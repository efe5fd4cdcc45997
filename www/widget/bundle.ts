/** Several files as one archive (TAR, POSIX.1-2017 ustar), which the core takes apart again. */

const BLOCK = 512;
/** Longest name in a header, in bytes; of a longer one the end is kept. */
const NAME = 100;

export async function bundle(files: readonly Blob[]): Promise<Uint8Array> {
  const parts = await Promise.all(files.map(async (file) => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const padding = new Uint8Array(-bytes.length & (BLOCK - 1));
    return [header(file instanceof File ? file.name : "", bytes.length), bytes, padding];
  }));
  const end = new Uint8Array(2 * BLOCK);
  return new Uint8Array(await new Blob([...parts.flat(), end] as BlobPart[]).arrayBuffer());
}

function header(name: string, size: number): Uint8Array {
  const encoder = new TextEncoder();
  const header = new Uint8Array(BLOCK);
  const put = (at: number, text: string) => header.set(encoder.encode(text), at);
  header.set(encoder.encode(name).slice(-NAME));
  put(124, size.toString(8).padStart(11, "0"));
  // The sum is taken with blanks in its own place.
  put(148, "        ");
  put(156, "0");
  put(257, "ustar\u000000");
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, "0")}\u0000 `);
  return header;
}
