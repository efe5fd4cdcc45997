/** A button, and the dialog that it opens. */

import { append, button, h, icon, type Child } from "../dom";
import type { Report } from "../report";
import { clean } from "../text";
import { explainIn, toneOf } from "../told";
import type { Words } from "../words";
import { panel, toneIn, type Model } from "./panel";
import { toneIcon } from "./verdict";

/** Button and dialog stay in place: taken out, they would lose the focus, and the dialog would close. */
export function paintDialog(root: ShadowRoot, live: Element, model: Model, show: () => void, hide: () => void): void {
  let trigger = root.querySelector<HTMLElement>("[part=button]");
  let dialog = root.querySelector("dialog");
  if (!trigger || !dialog) {
    trigger = button(null, show, { part: "button" });
    dialog = h("dialog", { part: "dialog", onclose: hide, onclick: (event) => event.target === dialog && hide() });
    root.replaceChildren(live, trigger, dialog);
  }
  paintTrigger(trigger, model);
  paintInside(dialog, model, hide);
}

/** After a verification it carries the answer. */
function paintTrigger(trigger: HTMLElement, model: Model): void {
  const { words, state, mock } = model;
  trigger.className = state.kind === "done" ? `trigger tone-${toneIn(model)}` : "trigger";
  trigger.replaceChildren();
  append(trigger, state.kind === "idle" ? [h("slot", { name: "label" }, words.text("ui.button"))]
    : state.kind === "running" ? [h("span", { class: "spinner" }), words.text("ui.running")]
    : answer(state.report, words, mock));
}

function answer(report: Report, words: Words, mock: boolean): Child[] {
  const issuer = report.attested && report.issuer?.name;
  return [
    h("span", { class: "icon" }, toneIcon(toneOf(report), report.headline === "internal")),
    h("span", null, explainIn(report, words).word, issuer && [" \u00b7 ", h("bdi", null, clean(issuer, 60))]),
    mock && h("span", { class: "ribbon" }, words.text("ui.test")),
  ];
}

function paintInside(dialog: HTMLElement, model: Model, hide: () => void): void {
  const { words } = model;
  dialog.setAttribute("aria-label", words.text("ui.label"));
  // The button for closing stays in place, for it may have the focus.
  const closer = dialog.querySelector("[part=close]") ?? button(icon("shut"), hide, { part: "close", class: "close" });
  closer.setAttribute("aria-label", words.text("ui.close"));
  if (!closer.parentNode) dialog.append(closer);
  dialog.querySelector("[part=panel]")?.remove();
  dialog.append(panel(model));
}
