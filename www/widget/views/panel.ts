/** The element's states: idle, form, running, asking, done. */

import { button, h, say, type Child } from "../dom";
import { explainIn, toneOf } from "../told";
import type { Report } from "../report";
import type { Via } from "../run";
import type { Words } from "../words";
import { form, takenFrom, type InputToken } from "./form";
import { reportView } from "./report";
import type { Actions } from "./scene";

export type State =
  | { kind: "idle" }
  | { kind: "running"; host: string | null; ask: Question | null; choice: ((words: Words) => HTMLElement) | null }
  | { kind: "done"; report: Report; since: number; fragment: string | null; via: Via };

/** Whether these hosts may be contacted. */
export interface Question {
  hosts: ReadonlySet<string>;
  answer: (yes: boolean) => void;
}

/** Everything that is painted. */
export interface Model {
  words: Words;
  state: State;
  /** The answer is older than an hour. */
  stale: boolean;
  mock: boolean;
  tokens: ReadonlySet<InputToken>;
  /** What stands in the form. */
  draft: { text: string; person: string };
  open: Set<string>;
  actions: Actions;
  take: (input: string | File | readonly File[]) => void;
  scan: () => void;
  cancel: () => void;
}

export function panel(model: Model): HTMLElement {
  const { words, state, stale, mock } = model;
  const done = state.kind === "done";
  // A group and no landmark: a page may show many.
  return h("div", {
    part: "panel", role: "group", lang: words.lang, class: `panel tone-${toneIn(model)}${stale ? " stale" : ""}`,
    "aria-busy": state.kind === "running" ? "true" : null,
    "aria-label": done ? null : words.text("ui.label"),
    "aria-labelledby": done ? "headline" : null,
  },
  mock && h("p", { class: "ribbon" }, h("b", null, words.text("ui.test")), " ", words.text("ui.test.note")),
  done ? result(model, state) : state.kind === "running" ? state.choice?.(words) ?? running(model, state.host, state.ask) : idle(model),
  h("slot", { name: "footer" }));
}

function result({ words, stale, open, actions }: Model, { report, via }: State & { kind: "done" }): Child[] {
  const told = explainIn(report, words);
  return [
    via && h("p", { class: "bar" }, words.text(`ui.via.${via}`)),
    stale && h("p", { class: "bar" }, words.text("ui.stale"), button(words.text("ui.again"), actions.again)),
    reportView({ words, report, told, open, path: "", actions }, "headline"),
  ];
}

function running({ words, cancel }: Model, host: string | null, ask: Question | null): HTMLElement {
  if (!ask) {
    return h("div", { class: "running" },
      h("span", { class: "spinner" }),
      h("p", null, host ? say(words.say("ui.asking", { host })) : words.text("ui.running")),
      button(words.text("ui.cancel"), cancel));
  }
  return h("div", { class: "form" },
    h("p", null, words.text("ui.ask")),
    h("ul", null, [...ask.hosts].map((name) => h("li", null, h("bdi", null, name)))),
    h("div", { class: "row" },
      button(words.text("ui.ask.yes"), () => ask.answer(true), { class: "primary" }),
      button(words.text("ui.ask.no"), () => ask.answer(false))));
}

function idle({ words, tokens, draft, take, scan, actions }: Model): HTMLElement {
  if (tokens.size === 0) {
    return h("div", { class: "form" },
      button(h("slot", { name: "label" }, words.text("ui.button")), actions.again, { class: "primary" }));
  }
  const element = form(words, tokens, { draft, submit: take, file: take, scan });
  if (!tokens.has("drop")) return element;
  element.addEventListener("dragover", (event) => {
    event.preventDefault();
    element.classList.add("over");
  });
  element.addEventListener("dragleave", () => element.classList.remove("over"));
  element.addEventListener("drop", (event) => {
    event.preventDefault();
    event.stopPropagation();
    element.classList.remove("over");
    const taken = takenFrom(event.dataTransfer);
    if (taken !== null) take(taken);
  });
  return element;
}

/** The tone of the answer; none where it is old. */
export function toneIn({ state, stale }: Model): string {
  return state.kind === "done" && !stale ? toneOf(state.report) : "neutral";
}

/** What a screen reader says when the state changes. */
export function announcement({ state, words }: Model): string {
  if (state.kind === "idle") return "";
  if (state.kind === "running") return words.text("ui.running");
  const { word, headline } = explainIn(state.report, words);
  return [state.via && words.text(`ui.via.${state.via}`), `${word}.`, headline.text].filter(Boolean).join(" ");
}
