/** The verifier page. Remembers nothing: what it shows is in its address, or was just given to it. */

import { chosen, translate, type Texts } from "./language";
import "../widget/define";
import { fromAddress } from "./address";
import { takenFrom } from "../widget/views/form";
import { pickLang, type Lang } from "../widget/words";
import { verifierFor } from "../widget/run";
import type { Input } from "../widget/verifier";
import { loadExamples, showExample, type Example } from "./examples";

const verifier = document.querySelector("probant-verifier");
// Whoever opens this page has something to check: the core gets ready while the rest is still on its way.
if (verifier) void verifierFor(verifier).ready().catch(() => undefined);
const notice = document.querySelector<HTMLElement>("#notice");
const list = document.querySelector("#examples");

let texts: Texts | null = null;
let lang: Lang = chosen;
let examples: Example[] = [];
/** What this page gave the element last. */
let given: Input | null = null;
let shown: { example: Example; leave: () => void } | null = null;

async function setLang(to: Lang): Promise<void> {
  lang = to;
  document.documentElement.lang = to;
  verifier?.setAttribute("lang", to);
  texts = await translate(to);
  paint();
}

/** What depends on the language and on the example shown. */
function paint(): void {
  if (!texts || !list || !notice) return;
  for (const link of document.querySelectorAll<HTMLElement>("[data-lang]")) {
    if (link.dataset["lang"] === lang) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  list.replaceChildren(...examples.map((example) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = example.title[lang];
    button.dataset["example"] = example.id;
    button.setAttribute("aria-pressed", String(shown?.example === example));
    button.addEventListener("click", () => void show(example));
    item.append(button);
    return item;
  }));
  notice.hidden = !shown;
  const trusted = shown?.example.policy?.trust?.pinned?.[0]?.name;
  notice.textContent = shown
    ? [texts["example"], trusted && texts["exampleTrust"]?.replace("{name}", trusted)].filter(Boolean).join(" ")
    : "";
}

async function show(example: Example): Promise<void> {
  if (!verifier) return;
  leaveExample();
  shown = { example, leave: await showExample(verifier, example) };
  given = verifier.credential;
  forgetAddress();
  paint();
  // Focus stays on the button; the answer comes into view.
  notice?.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

function leaveExample(): void {
  shown?.leave();
  shown = null;
  paint();
}

/** Verifies what was dropped, pasted or linked to. */
function take(input: Input): void {
  if (!verifier) return;
  leaveExample();
  given = input;
  verifier.credential = input;
  void verifier.verify();
}

/** Verifies the first thing of a drop or a paste. */
function takeFirst(data: DataTransfer | null): void {
  const taken = takenFrom(data);
  if (taken === null) return;
  forgetAddress();
  take(taken);
}

/** The address names what is shown, or nothing. */
function forgetAddress(): void {
  const address = new URL(location.href);
  address.hash = "";
  address.searchParams.delete("url");
  history.replaceState(null, "", address.href.replace(/#$/, ""));
}

async function takeFromAddress(): Promise<void> {
  const input = await fromAddress(new URL(location.href));
  if (input !== null) take(input);
}

document.addEventListener("dragover", (event) => {
  event.preventDefault();
  document.body.classList.add("dragging");
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) document.body.classList.remove("dragging");
});
document.addEventListener("drop", (event) => {
  event.preventDefault();
  document.body.classList.remove("dragging");
  takeFirst(event.dataTransfer);
});
// A drop that the element takes itself does not reach the document.
document.addEventListener("drop", () => document.body.classList.remove("dragging"), { capture: true });

document.addEventListener("paste", (event) => {
  const [target] = event.composedPath();
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return;
  takeFirst(event.clipboardData);
});

// Where the reader gives the element something else, an example or a link is over.
if (verifier) {
  new MutationObserver(() => {
    if (verifier.credential === given) return;
    given = verifier.credential;
    leaveExample();
    forgetAddress();
  }).observe(verifier, { attributeFilter: ["data-verdict"] });
}

for (const link of document.querySelectorAll<HTMLAnchorElement>("[data-lang]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const address = new URL(location.href);
    address.searchParams.set("lang", link.dataset["lang"] ?? "en");
    history.replaceState(null, "", address);
    void setLang(pickLang([link.dataset["lang"] ?? ""]));
  });
}

addEventListener("hashchange", () => void takeFromAddress());

void takeFromAddress();
void setLang(lang);
loadExamples().then(
  (loaded) => {
    examples = loaded;
    paint();
  },
  () => {
    if (list) list.textContent = texts?.["examplesFailed"] ?? "";
  },
);
