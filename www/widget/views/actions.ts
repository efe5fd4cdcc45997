/** What to do with a result. */

import { button, h } from "../dom";
import type { Words } from "../words";
import type { Actions } from "./scene";

export function actions(can: Actions, words: Words): HTMLElement {
  return h("div", { part: "actions", class: "actions" },
    can.offersAgain && button(words.text("ui.again"), can.again),
    copier(words.text("ui.copy"), words, can.text, can.copy),
    button(words.text("ui.save"), can.save),
    linkView(can, words),
    h("slot", { name: "actions" }),
    can.another && button(words.text("ui.another"), can.another, { class: "primary" }));
}

/** The independent page opens beside this one; on that page itself the link is there to be passed on. */
export function linkView({ link: to, copy }: Actions, words: Words): HTMLElement | null {
  if (!to) return null;
  if (to.here) return copier(words.text("ui.link"), words, () => to.href, copy);
  const attributes = { target: "_blank", rel: "noopener noreferrer", referrerpolicy: "no-referrer" };
  return h("a", { class: "button", href: to.href, ...attributes }, words.text("ui.independent"));
}

/** A button that copies a text; where the page has no clipboard, the text itself is offered. */
function copier(label: string, words: Words, text: () => string, copy: Actions["copy"]): HTMLElement {
  const run = async () => {
    const what = text();
    if (await copy(what)) {
      copier.textContent = words.text("ui.copied");
      setTimeout(() => (copier.textContent = label), 2_000);
      return;
    }
    const area = h("textarea", { readonly: true, rows: 6, "aria-label": words.text("ui.copy.failed") });
    area.value = what;
    copier.parentElement?.after(area);
    area.select();
  };
  const copier = button(label, () => void run());
  return copier;
}
