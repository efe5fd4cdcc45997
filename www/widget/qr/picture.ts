/** Codes in a picture that was chosen, dropped or pasted. The picture never leaves the browser. */

import { nativeDetect } from "./native";
import { planeOf } from "./plane";
import { openReader } from "./reader";

/** Pictures of more pixels are not opened: a small file can unfold into gigabytes. */
const MAX_PIXELS = 120e6;

/** Most pixels that are looked at, and the longest side, which is the library's bound; larger pictures are scaled down. */
const MAX_SEEN = 8e6;
const MAX_SIDE = 4_096;

/** Pictures smaller than this, and drawings of any size, are enlarged. */
const MIN_SIDE = 800;

/** White around the picture, for codes that were cut out too narrowly, as a share of its longer side. */
const MARGIN = 0.04;

/** The texts of the codes in a picture, each once; empty where there is none, or where it cannot be shown. */
export async function codesIn(bytes: Uint8Array, mayUseWorker: boolean): Promise<readonly string[]> {
  const canvas = await drawn(bytes);
  const context = canvas?.getContext("2d");
  if (!canvas || !context) return [];
  const found = await (await nativeDetect())?.(canvas);
  if (found && found.length > 0) return found;
  const reader = openReader(mayUseWorker);
  try {
    return await reader.read(planeOf(context.getImageData(0, 0, canvas.width, canvas.height)), false);
  } finally {
    reader.close();
  }
}

/** The picture, or its first one if it moves; `null` where the browser cannot show it. */
async function opened(url: string, bytes: Uint8Array): Promise<{ source: CanvasImageSource; width: number; height: number } | null> {
  const image = new Image();
  // Only the size is known once it is loaded; nothing is unpacked before it is drawn.
  const loaded = await new Promise<boolean>((resolve) => {
    image.onload = () => resolve(true);
    image.onerror = () => resolve(false);
    image.src = url;
  });
  if (loaded) return { source: image, width: image.naturalWidth, height: image.naturalHeight };
  // The page's policy may forbid such addresses.
  const source = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>])).catch(() => null);
  return source && { source, width: source.width, height: source.height };
}

/** On white, in a size that suits the search. */
async function drawn(bytes: Uint8Array): Promise<HTMLCanvasElement | null> {
  const text = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart();
  const isDrawing = text.startsWith("<");
  // A picture's own kind is told by its bytes; a drawing has to be announced.
  const url = text.startsWith("data:") ? new TextDecoder().decode(bytes).trim()
    : URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], isDrawing ? { type: "image/svg+xml" } : {}));
  try {
    const image = await opened(url, bytes);
    if (!image) return null;
    const { source, width, height } = image;
    const pixels = width * height;
    if (pixels === 0 || pixels > MAX_PIXELS) return null;
    const longer = Math.max(width, height);
    const enlarged = Math.ceil(MIN_SIDE / longer);
    const largest = Math.min(Math.sqrt(MAX_SEEN / pixels), MAX_SIDE / longer / (1 + 2 * MARGIN));
    const scale = enlarged > 1 ? enlarged : Math.min(1, largest);
    const margin = Math.floor(MARGIN * scale * longer);
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.floor(width * scale)) + 2 * margin;
    canvas.height = Math.max(1, Math.floor(height * scale)) + 2 * margin;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (!context) return null;
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingEnabled = scale < 1 || isDrawing;
    context.drawImage(source, margin, margin, canvas.width - 2 * margin, canvas.height - 2 * margin);
    return canvas;
  } catch {
    // Too large for this device after all.
    return null;
  } finally {
    if (url.startsWith("blob:")) URL.revokeObjectURL(url);
  }
}
