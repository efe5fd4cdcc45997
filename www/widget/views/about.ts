/** About this achievement: the credential's own words, all of them signed and none of them ours. */

import { bdi, h, say, type Child } from "../dom";
import { safeLink, type SafeLink } from "../link";
import { markdown, type Inline } from "../markdown";
import type { Alignment, EvidenceView, ResultView, View } from "../report";
import { clean, cleanLines } from "../text";
import type { Words } from "../words";
import { terms } from "./scene";
import { labelOf, vocabulary } from "./vocabulary";

export function about(view: View, words: Words): Child {
  const { achievement } = view;
  const labels = vocabulary(words);
  const description = achievement?.description ?? view.description;
  const criteria = achievement?.criteria;
  const page = safeLink(criteria?.url);
  const newer = safeLink(view.refresh);
  const body = terms("claims",
    [labels.text("about.description"), description && narrative(description)],
    [labels.text("about.criteria"), [
      criteria?.narrative && narrative(criteria.narrative),
      page && h("p", null, anchor(page, labels.text("about.criteria.page"))),
    ]],
    [labels.text("about.results"), list(view.results, (result) => resultOf(result, labels))],
    [labels.text("about.claims"), list(view.claims, ({ label, name, value }) => bdi(clean(`${label ?? name}: ${value}`, 2_000)))],
    [labels.text("about.skills"), list(achievement?.alignments ?? [], alignmentOf)],
    [labels.text("about.evidence"), list(view.evidence, (one) => evidenceOf(one, labels))],
    [labels.text("about.kind"), achievement?.kind && bdi(labelOf(labels, "type", achievement.kind))],
    ...detailsOf(view, words, labels),
    [labels.text("about.creator"), achievement?.creator?.name && bdi(clean(achievement.creator.name))],
    [labels.text("about.language"), achievement?.language && languageName(achievement.language, words)],
    [labels.text("about.refresh"), newer && anchor(newer, bdi(newer.href))],
    [labels.text("about.tags"), achievement && achievement.tags.length > 0 && bdi(clean(achievement.tags.join(", "), 500))],
  );
  const links = body.querySelector("a") !== null;
  return [
    body.childElementCount > 0 ? body : h("p", null, labels.text("about.nothing")),
    view.withheld && h("p", { class: "how" }, labels.text("about.withheld")),
    links && h("p", { class: "how" }, labels.text("about.outside")),
  ];
}

function list<T>(items: readonly T[], show: (item: T) => Child): Child {
  return items.length > 0 && h("ul", null, items.map((item) => h("li", null, show(item))));
}

/** What was achieved, what was required or possible, and how the two compare. */
function resultOf({ name, value, level, status, required, least, greatest, fit, alignments }: ResultView, labels: Words): Child {
  const found = [name, value, level, status && labelOf(labels, "status", status)].filter(Boolean).join(" \u00b7 ");
  const asked = [
    least && greatest && say(labels.say("result.range", { least, greatest })),
    required && say(labels.say("about.required", { value: required })),
  ].filter(Boolean);
  return [
    bdi(clean(found)),
    asked.length > 0 && [" (", asked.flatMap((part, at) => [at > 0 && ", ", part as Child]), ")"],
    fit && h("span", { class: "how" }, ` \u00b7 ${labels.text(`fit.${fit}`)}`),
    list(alignments, alignmentOf),
  ];
}

/** Further members, those of one kind together. */
function detailsOf(view: View, words: Words, labels: Words): [string, Child][] {
  const names = [...new Set(view.details.map(({ name }) => name))];
  return names.map((name) => {
    const values = view.details.filter((detail) => detail.name === name).map(({ value, label }): Child => {
      if (name === "narrative") return narrative(value);
      const text = /Date$/.test(name) ? words.date(value) : /(?:OfLearning|Duration|workload)$/.test(name) ? duration(value, words) : clean(value);
      return [bdi(text), label && h("span", { class: "how" }, ` (${clean(label)})`)];
    });
    return [labelOf(labels, "detail", name), values.length > 1 ? h("ul", null, values.map((value) => h("li", null, value))) : values];
  });
}

const DURATION = /^P(?!$)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/;
const UNITS = ["year", "month", "week", "day", "hour", "minute"];

/** A length of time as ISO 8601 writes it; any other text as it is. */
function duration(text: string, { locale }: Words): string {
  const [, ...counts] = DURATION.exec(text) ?? [];
  const parts = counts.flatMap((count, at) =>
    count ? new Intl.NumberFormat(locale, { style: "unit", unit: UNITS[at]!, unitDisplay: "long" }).format(Number(count)) : []);
  return parts.length > 0 ? parts.join(" ") : clean(text);
}

function alignmentOf({ name, url, framework, code }: Alignment): Child {
  const link = safeLink(url);
  const text = clean(name ?? code ?? url ?? "");
  return [link ? anchor(link, bdi(text)) : bdi(text), framework && [" \u00b7 ", bdi(clean(framework))]];
}

function evidenceOf({ url, name, description, narrative: story, genre, audience }: EvidenceView, labels: Words): Child {
  const link = safeLink(url);
  const text = clean(name ?? description ?? url ?? "");
  return [
    link ? anchor(link, bdi(text)) : bdi(text),
    name && description && [": ", bdi(clean(description, 500))],
    genre && [" \u00b7 ", bdi(clean(genre))],
    audience && [" \u00b7 ", say(labels.say("evidence.audience", { audience }))],
    story && narrative(story),
  ];
}

function languageName(tag: string, words: Words): Child {
  try {
    return bdi(new Intl.DisplayNames([words.locale], { type: "language" }).of(tag) ?? clean(tag));
  } catch {
    return bdi(clean(tag));
  }
}

/** A link out: it shows where it leads, and tells that page nothing. */
function anchor({ href, host }: SafeLink, text: Child): Child {
  return [
    h("a", { href, target: "_blank", rel: "noopener noreferrer nofollow ugc", referrerpolicy: "no-referrer" }, text),
    h("span", { class: "how" }, ` (${host})`),
  ];
}

/** Markdown as elements. */
export function narrative(text: string): HTMLElement {
  const nodes = (children: readonly Inline[]): Child[] => children.map(node);
  const node = (one: Inline): Child => {
    switch (one.kind) {
      case "text": return one.text;
      case "code": return h("code", null, one.text);
      case "link": return anchor(one.link, one.children.length > 0 ? nodes(one.children) : one.link.href);
      default: return h(one.kind, null, nodes(one.children));
    }
  };
  return h("div", { class: "narrative", dir: "auto" }, markdown(cleanLines(text)).map((block) => {
    switch (block.kind) {
      case "p": return h("p", null, nodes(block.children));
      case "pre": return h("pre", { tabindex: "0" }, block.text);
      default: return h(block.kind, null, block.items.map((item) => h("li", null, nodes(item))));
    }
  }));
}
