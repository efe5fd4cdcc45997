/** The verdict: icon, word, time, and what it means. Nothing from the credential stands above it. */

import { h, icon, say, type IconName } from "../dom";
import type { Tone } from "../told";
import type { Scene } from "./scene";

const ICONS: Record<Tone, IconName> = {
  good: "good", info: "info", caution: "caution", bad: "bad", unknown: "unknown", neutral: "neutral",
};

export function toneIcon(tone: Tone, fault = false): SVGElement {
  return icon(fault ? "note" : ICONS[tone]);
}

export function verdict(scene: Scene, id: string): HTMLElement {
  const { told, words, report } = scene;
  return h("div", { part: "verdict", class: "verdict" },
    h("span", { part: "icon", class: "icon" }, h("slot", { name: "icon" }, toneIcon(told.tone, report.headline === "internal"))),
    h("div", { class: "said" },
      h("p", { class: "word" },
        h("span", null, told.word),
        h("time", { datetime: report.at }, words.text("ui.checked", { time: told.time }))),
      h("h2", { id, part: "headline", tabindex: "-1" }, say(told.headline)),
      h("div", { part: "sentence" }, told.cause && h("p", null, say(told.cause)), h("p", null, say(told.sentence)))),
    told.notes.length > 0 && h("ul", { class: "notes" }, told.notes.map((note) => h("li", null, icon("note"), h("span", null, say(note))))));
}
