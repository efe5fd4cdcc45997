/** The gallery: every made-up state in both languages, and every sentence. */

import "../widget/define";
import { MOCKS } from "../widget/mock";
import en from "../widget/messages/en.json";
import fr from "../widget/messages/fr.json";
import rareEn from "../widget/messages/rare-en.json";
import rareFr from "../widget/messages/rare-fr.json";
import { LANGS } from "../widget/words";

const states = document.querySelector("#states");
for (const name of ["idle", "form", "running", "button", ...MOCKS]) {
  const section = document.createElement("section");
  section.className = "state";
  section.id = name;
  const title = document.createElement("h2");
  const code = document.createElement("code");
  code.textContent = name === "form" ? 'input="all"' : `mock="${name}"`;
  title.append(code);
  const pair = document.createElement("div");
  for (const lang of LANGS) {
    const element = document.createElement("probant-verifier");
    element.lang = lang;
    if (name === "form") element.input = "all";
    else element.mock = name === "button" ? "verified" : name;
    if (name !== "button") element.display = "inline";
    element.page = "./";
    pair.append(element);
  }
  section.append(title, pair);
  states?.append(section);
}

const french: Record<string, string | string[]> = { ...fr, ...rareFr };
document.querySelector("#sentences")?.append(...Object.entries({ ...en, ...rareEn }).map(([key, english]) => {
  const row = document.createElement("tr");
  const cells: [string, string, string][] = [["th", key, "en"], ["td", shown(english), "en"], ["td", shown(french[key] ?? ""), "fr"]];
  row.append(...cells.map(([tag, text, lang]) => {
    const cell = document.createElement(tag);
    cell.textContent = text;
    cell.lang = lang;
    if (tag === "th") cell.setAttribute("scope", "row");
    return cell;
  }));
  return row;
}));

function shown(message: string | readonly string[]): string {
  return typeof message === "string" ? message : message.join(" / ");
}
