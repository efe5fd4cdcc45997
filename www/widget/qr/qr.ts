/** QR codes in pictures and before the camera; loaded when one is wanted. */

import type { Run } from "../run";
import { choice, type ChoiceMake } from "./choice";
import { codesIn } from "./picture";

export { scan } from "./camera";

/** What the QR code in a picture holds; of several the reader chooses one. `null` where there is none. */
export async function textIn(picture: Uint8Array, mayUseWorker: boolean, make: ChoiceMake, { signal, onChoice }: Run): Promise<string | null> {
  const [text, ...more] = await codesIn(picture, mayUseWorker);
  if (text === undefined || signal.aborted) return null;
  if (more.length === 0) return text;
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(null));
    onChoice((words) => choice(words, make, [text, ...more], (chosen) => {
      onChoice(null);
      resolve(chosen);
    }));
  });
}
