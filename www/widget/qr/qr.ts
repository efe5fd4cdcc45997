/** QR codes in pictures and before the camera; loaded when one is wanted. */

import type { Run } from "../run";
import { choice, type ChoiceMake } from "./choice";

export { scan } from "./camera";
export { codesIn } from "./picture";

/** The text to verify: the only one, or the one that the reader chooses. `null` where the run is given up. */
export async function chosen([text, ...more]: readonly string[], make: ChoiceMake, { signal, onChoice }: Run, file?: string): Promise<string | null> {
  if (text === undefined || signal.aborted) return null;
  if (more.length === 0) return text;
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(null));
    onChoice((words) => choice(words, make, [text, ...more], file, (chosen) => {
      onChoice(null);
      resolve(chosen);
    }));
  });
}
