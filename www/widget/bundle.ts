/** Several files as one archive (TAR, POSIX.1-2017 ustar), which the core takes apart again. */

const BLOCK = 512;
/** Longest name in a header, in bytes; of a longer one the end is kept. */
const NAME = 100;

/** Bytes by which the core tells that a picture is of a kind that holds no badge. */
const TOLD = 12;
const MAX_STAND_INS = 256;

/**
 * The archive. Photographs are put into `photographs`, where that is given, and what merely begins like them into the
 * archive: several of a telephone's would be too large together, and the core only says that they hold no badge.
 */
export async function bundle(files: readonly Blob[], photographs?: Blob[]): Promise<Uint8Array> {
  const parts = await Promise.all(files.map(async (file) => {
    let bytes = new Uint8Array(await file.arrayBuffer());
    if (photographs && photographs.length < MAX_STAND_INS && isPhotograph(bytes)) {
      bytes = Uint8Array.of(...bytes.subarray(0, TOLD), photographs.length);
      photographs.push(file);
    }
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

/** Which of `photographs` a picture in the archive stands for. */
export const standsFor = (picture: Uint8Array, photographs: readonly Blob[]): Blob | undefined =>
  (picture.length === TOLD + 1 ? photographs[picture[TOLD] ?? MAX_STAND_INS] : undefined);

/** JPEG, WebP, and HEIC or AVIF (ISO/IEC 23008-12), by their first bytes. */
const isPhotograph = (bytes: Uint8Array): boolean =>
  /^(?:\xff\xd8\xff|RIFF[^]{4}WEBP|\0\0\0[^]ftyp(?:avi|hei|mi)f)/.test(String.fromCharCode(...bytes.subarray(0, TOLD)));
