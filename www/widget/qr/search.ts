/** Looks for QR codes in a grey picture, with the library `qr`. */

import { decodeQR, decodeQRBatch } from "qr/decode.js";
import { halve, soften, spread, turn, type Plane } from "./plane";

/** How long the library may go on about one form of the picture, in milliseconds. */
const PATIENCE = 800;

/** Pictures with a longer diagonal are halved before they are changed: that takes time for each pixel. */
const MAX_CHANGED = 2_900;

/** No code has fewer modules along a side (ISO/IEC 18004, 5.3.1). */
const MIN_SIDE = 21;

/** The first code of a live picture that is easily read; `null` where there is none. */
export function glance(plane: Plane): string | null {
  try {
    return decodeQR(plane, { format: "I420" }) || null;
  } catch {
    return null;
  }
}

/**
 * All codes of a still picture, each text once. Where none is found, the picture is looked at again in other forms;
 * `pause` is waited for between two of them.
 */
export async function search(plane: Plane, pause: () => Promise<void>): Promise<string[]> {
  for (const form of forms(plane)) {
    await pause();
    const found = await all(form);
    if (found.length > 0) return found;
  }
  return [];
}

function* forms(plane: Plane): Generator<Plane> {
  yield plane;
  const small = Math.hypot(plane.width, plane.height) > MAX_CHANGED ? halve(plane) : plane;
  yield spread(small, 0.01, 0.99);
  const soft = soften(small);
  const clear = spread(soft, 0.01, 0.99);
  yield clear;
  // The library finds a code that stands on its corner less often than one that is nearly upright.
  yield turn(clear, 30);
  yield turn(clear, 60);
  yield spread(soft, 0.01, 0.25);
  yield spread(soft, 0.75, 0.99);
  yield soften(halve(clear));
}

async function all(plane: Plane): Promise<string[]> {
  const { width, height } = plane;
  if (Math.min(width, height) < MIN_SIDE) return [];
  const [found = []] = await decodeQRBatch([plane], { format: "I420", maxSize: { width, height }, effort: Infinity, timeLimit: PATIENCE });
  return [...new Set(found.filter((text): text is string => typeof text === "string" && text !== ""))];
}
