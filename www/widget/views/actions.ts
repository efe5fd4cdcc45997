/** What to do with a result. */

import { h, type Child } from "../dom";
import type { Words } from "../words";
import type { Actions } from "./scene";

export function actions(can: Actions, words: Words): HTMLElement {
  return h("div", { part: "actions", class: "actions" },
    can.offersAgain && h("button", { type: "button", onclick: can.again }, words.text("ui.again")),
    copier(words.text("ui.copy"), words, can.text, can.copy),
    h("button", { type: "button", onclick: can.save }, words.text("ui.save")),
    link(can, words),
    h("slot", { name: "actions" }),
    can.another && h("button", { type: "button", class: "primary", onclick: can.another }, words.text("ui.another")));
}

/** The independent page opens beside this one; on that page itself the link is there to be passed on. */
function link({ link: to, copy }: Actions, words: Words): Child {
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
      button.textContent = words.text("ui.copied");
      setTimeout(() => (button.textContent = label), 2_000);
      return;
    }
    const area = h("textarea", { readonly: true, rows: 6, "aria-label": words.text("ui.copy.failed") });
    area.value = what;
    button.parentElement?.after(area);
    area.select();
  };
  const button: HTMLElement = h("button", { type: "button", onclick: () => void run() }, label);
  return button;
}
