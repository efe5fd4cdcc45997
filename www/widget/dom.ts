/** Elements built node by node: no HTML is ever parsed. */

import type { Part, Phrase } from "./words";

export type Child = Node | string | null | undefined | false | readonly Child[];
type Value = string | number | boolean | null | undefined | ((event: Event) => void);

/** An element with attributes; `onclick`-like names take listeners, `false` and `null` leave an attribute out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes?: Readonly<Record<string, Value>> | null, ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  append(element, children);
  return element;
}

/** A button with a text. */
export function button(text: Child, onclick: () => void, more?: Readonly<Record<string, Value>>): HTMLButtonElement {
  return h("button", { type: "button", onclick, ...more }, text);
}

export function append(parent: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) append(parent, child as readonly Child[]);
    else if (typeof child === "string") parent.appendChild(document.createTextNode(child));
    else if (child instanceof Node) parent.appendChild(child);
  }
}

/** Text from elsewhere: its writing direction stays its own affair. */
export function bdi(text: string, attributes?: Readonly<Record<string, Value>>): HTMLElement {
  return h("bdi", attributes, text);
}

/** A phrase, values from elsewhere set apart. */
export function say(phrase: Phrase): Child[] {
  return phrase.parts.map((part: Part) => (typeof part === "string" ? part : bdi(part.value)));
}

const SVG = "http://www.w3.org/2000/svg";

/** Drawings on a 24 by 24 grid. Each state has a shape of its own, so that none rests on colour. */
const PATHS = {
  good: "M5 12.5l4.5 4.5L19 7.5",
  info: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z",
  caution: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM6.5 17.5l11-11",
  bad: "M6.5 6.5l11 11M17.5 6.5l-11 11",
  unknown: "M8.5 9a3.5 3.5 0 1 1 5.2 3c-1.1.7-1.7 1.2-1.7 2.5M12 18v.6",
  neutral: "M6 12h12",
  none: "M7 12h10",
  plain: "M5 12.5l4.5 4.5L19 7.5",
  note: "M12 5v8.5M12 18v.6",
  shut: "M6.5 6.5l11 11M17.5 6.5l-11 11",
} as const;

/** The filled half of the mark for an issuer that is not known. */
const HALF = "M12 4a8 8 0 0 0 0 16z";

export type IconName = keyof typeof PATHS;

export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const draw = (d: string, className: string) => {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    path.setAttribute("class", className);
    svg.appendChild(path);
  };
  draw(PATHS[name], "line");
  if (name === "info") draw(HALF, "solid");
  return svg;
}
