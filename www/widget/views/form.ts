/** The form of an element that takes input: paste, choose, drop. */

import { button, h } from "../dom";
import type { Words } from "../words";

export type InputToken = "paste" | "file" | "drop" | "url" | "camera";

export interface FormActions {
  submit: (text: string) => void;
  file: (files: File | readonly File[]) => void;
  /** Opens the camera. */
  scan: () => void;
  /** Kept by the element, so that a change of language loses nothing. */
  draft: { text: string; person: string };
}

/** What `input` asks for; `all` is everything there is. */
export function inputTokens(value: string | null): Set<InputToken> {
  const all: readonly InputToken[] = ["paste", "file", "drop", "url", "camera"];
  const asked = (value ?? "").toLowerCase().split(/\s+/);
  return new Set(asked.includes("all") ? all : all.filter((token) => asked.includes(token)));
}

export function form(words: Words, tokens: ReadonlySet<InputToken>, actions: FormActions): HTMLElement {
  const { draft } = actions;
  const field = tokens.has("paste") ? pasteField(words) : tokens.has("url") ? urlField(words) : null;
  if (field) {
    field.control.value = draft.text;
    field.control.addEventListener("input", () => (draft.text = field.control.value));
    field.control.addEventListener("paste", (event) => takePasted(event, actions.file));
  }
  const person = h("input", {
    id: "person", type: "text", autocomplete: "off", spellcheck: "false", autocapitalize: "off", "aria-describedby": "person-note",
  });
  person.value = draft.person;
  person.addEventListener("input", () => (draft.person = person.value));
  const submit = (event: Event) => {
    event.preventDefault();
    actions.submit(draft.text);
  };
  const shortcut = (event: Event) => {
    const { key, ctrlKey, metaKey } = event as KeyboardEvent;
    if (key === "Enter" && (ctrlKey || metaKey)) submit(event);
  };
  return h("form", { class: tokens.has("drop") ? "form drop" : "form", onsubmit: submit, onkeydown: shortcut },
    field && [field.label, field.control],
    h("div", { class: "row" },
      field && h("button", { type: "submit", class: "primary" }, words.text("ui.verify")),
      tokens.has("file") && fileButton(words, actions.file),
      tokens.has("camera") && mayUseCamera() && button(words.text("ui.camera"), actions.scan),
      tokens.has("drop") && h("span", { class: "hint" }, words.text("ui.drop"))),
    h("div", { class: "who" },
      h("label", { for: "person" }, words.text("ui.who")),
      person,
      h("p", { id: "person-note", class: "hint" }, words.text("ui.who.note"))));
}

function pasteField(words: Words) {
  return {
    label: h("label", { for: "credential" }, words.text("ui.paste")),
    control: h("textarea", { id: "credential", rows: 4, spellcheck: "false", autocomplete: "off", autocapitalize: "off" }),
  };
}

function urlField(words: Words) {
  return {
    label: h("label", { for: "credential" }, words.text("ui.url")),
    control: h("input", { id: "credential", type: "url", inputmode: "url", autocomplete: "off", placeholder: "https://" }),
  };
}

/** A button that opens the file chooser; the chooser's own control cannot be styled or translated. */
function fileButton(words: Words, choose: FormActions["file"]): HTMLElement[] {
  const chooser = h("input", { type: "file", multiple: true, class: "sr", tabindex: "-1", "aria-hidden": "true" });
  chooser.addEventListener("change", () => {
    const files = filesOf(chooser);
    if (files) choose(files);
  });
  return [button(words.text("ui.file"), () => chooser.click()), chooser];
}

/** Whether there may be a camera: on a secure page, whose policy allows it. */
function mayUseCamera(): boolean {
  const { featurePolicy } = document as { featurePolicy?: { allowsFeature(name: string): boolean } };
  return "mediaDevices" in navigator && featurePolicy?.allowsFeature("camera") !== false;
}

/** The file, or all where there are several. */
function filesOf(from: { readonly files: FileList | null } | null): File | readonly File[] | null {
  const files = [...(from?.files ?? [])];
  return files.length > 1 ? files : (files[0] ?? null);
}

/** The files or the text of a paste or a drop. */
export function takenFrom(data: DataTransfer | null): File | readonly File[] | string | null {
  const found = filesOf(data) ?? richText(data);
  if (found) return found;
  const text = textOf(data);
  return text.trim() ? text : null;
}

const textOf = (data: DataTransfer | null) => data?.getData("text/plain") || data?.getData("text/uri-list") || "";

/** Rich text, where the words alone hold neither link nor token nor JSON: the core looks into it as into a page. */
function richText(data: DataTransfer | null): File | null {
  const rich = data?.getData("text/html") ?? "";
  const tells = /\w:\S|[{~]|eyJ/.test(textOf(data));
  return !tells && /href=|src="data:/i.test(rich) ? new File(["<!doctype html>", rich], "") : null;
}

/** A picture, a file or rich text that is pasted into a field of plain text is taken at once. */
function takePasted(event: Event, take: FormActions["file"]): void {
  const { clipboardData: data } = event as ClipboardEvent;
  const taken = richText(data) ?? (textOf(data).trim() ? null : filesOf(data));
  if (!taken) return;
  event.preventDefault();
  take(taken);
}
