/** The credential's picture: decoration, in a frame that says whose it is. Remote ones wait for a click. */

import { button, h, type Child } from "../dom";
import { safeLink } from "../link";
import type { ImageView } from "../report";
import { clean } from "../text";
import type { Words } from "../words";

/** Pictures that browsers show without running anything, inside the credential itself. */
const EMBEDDED = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*$/;
const MAX_EMBEDDED = 1 << 20;
/** More than this, decoded, could exhaust a phone. */
const MAX_PIXELS = 16e6;

export function picture(words: Words, image: ImageView | null | undefined): HTMLElement | null {
  if (!image) return null;
  const frame = h("figure", { class: "picture" });
  const show = (src: string) => frame.replaceChildren(...load(words, frame, src, image.caption));
  if (image.src.length <= MAX_EMBEDDED && EMBEDDED.test(image.src)) {
    show(image.src);
    return frame;
  }
  const link = safeLink(image.src);
  if (!link) return null;
  frame.append(button(words.text("ui.picture.show", { host: link.host }), () => show(link.href), { class: "quiet" }));
  return frame;
}

function load(words: Words, frame: HTMLElement, src: string, caption: string | null): Node[] {
  const image = h("img", { alt: caption ? clean(caption) : "", referrerpolicy: "no-referrer", decoding: "async", width: 120, height: 120 });
  const failed = () => frame.replaceChildren(h("figcaption", null, words.text("ui.picture.failed")));
  image.addEventListener("error", failed);
  // The size is known before anything is painted.
  image.addEventListener("load", () => {
    if (image.naturalWidth * image.naturalHeight > MAX_PIXELS) failed();
    else image.hidden = false;
  });
  image.hidden = true;
  image.src = src;
  const children: Child[] = [image, h("figcaption", null, words.text("ui.picture"))];
  return children as Node[];
}
