/** The card: title, person, dates, issuer. */

import { bdi, h, icon, say, type Child } from "../dom";
import { issuerOf, personOf } from "../told";
import type { View } from "../report";
import { clean } from "../text";
import { picture } from "./picture";
import { terms, type Scene } from "./scene";

/** What is proven; the picture stands beside it in a frame of its own. */
export function facts(scene: Scene, view: View): HTMLElement {
  const image = picture(scene.words, view.achievement?.image ?? view.image);
  return h("div", { class: image ? "facts pictured" : "facts" },
    h("h3", null, bdi(titleOf(scene, view))),
    terms(null, ...rows(scene, view, true)),
    image);
}

/** What the file says, where nothing is proven: no person, issuer or picture of it looks like a finding. */
export function claims(scene: Scene, view: View): HTMLElement {
  return h("div", { class: "facts claims" }, h("h3", null, bdi(titleOf(scene, view))), terms(null, ...rows(scene, view, false)));
}

export function titleOf({ words }: Scene, view: View): string {
  return (view.title && clean(view.title)) || words.text("ui.untitled");
}

function rows(scene: Scene, view: View, proven: boolean): [string, Child, string?][] {
  const { report, words } = scene;
  return [
    report.format.family === "endorsement"
      ? [words.text("ui.says"), view.comment && bdi(clean(view.comment, 2_000))]
      : [words.text("ui.issuedTo"), recipient(scene, view, proven), "recipient"],
    [words.text("ui.issued"), dates(scene, view)],
    [words.text("ui.issuer"), proven ? issuer(scene, view) : claimedIssuer(view), "issuer"],
  ];
}

function recipient(scene: Scene, view: View, proven: boolean): Child {
  const { report, words } = scene;
  const person = personOf(view, report, words);
  const shown = person.name ? bdi(clean(person.name, 100)) : person.description;
  return [
    h("span", { class: person.name ? "value" : null }, shown),
    " ",
    proven && h("span", { class: `match ${person.match}` }, person.words),
    proven && compareForm(scene),
  ];
}

/** Whose is it? Asked where the page has not settled it. */
function compareForm({ actions, words }: Scene): Child {
  const { compare, person } = actions;
  if (!compare) return null;
  const field = h("input", { id: "compare", type: "text", autocomplete: "off", spellcheck: "false", autocapitalize: "off" });
  field.value = person;
  const submit = (event: Event) => {
    event.preventDefault();
    compare(field.value);
  };
  return h("form", { class: "compare", onsubmit: submit },
    h("label", { for: "compare" }, words.text("ui.who")),
    h("span", null, field, h("button", { type: "submit" }, words.text("ui.compare"))));
}

export function dates({ words }: Scene, view: View): Child {
  return [
    h("span", { class: "value" }, view.awarded ? words.date(view.awarded) : words.text("ui.noDate")),
    h("span", { class: "aside" }, view.validUntil ? say(words.say("ui.until", { date: view.validUntil })) : words.text("ui.noEnd")),
  ];
}

/** The name is the finding's; what the credential calls its issuer stands apart, in quotation marks. */
export function issuer({ report, words }: Scene, view: View): Child {
  const { name, basis, claimed, caution } = issuerOf(report, view, words);
  return [
    h("span", { class: "value" }, bdi(clean(name, 100))),
    basis && h("span", { class: "aside" }, say(basis)),
    claimed && h("span", { class: caution ? "aside differs" : "aside" }, caution && icon("note"), h("span", null, say(claimed))),
  ];
}

function claimedIssuer(view: View): Child {
  const name = view.issuer.name ?? view.issuer.id;
  return name ? bdi(clean(name, 100)) : null;
}
