/** What a reader takes along: the report as a file, and the link to the independent page. */

import { h } from "./dom";
import type { Report } from "./report";
import type { Actions } from "./views/scene";

/** Saves a report as a file. */
export function saveReport(report: Report): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(report, null, 2)], { type: "application/json" }));
  const name = `probant-${report.at.replace(/\D/g, "").slice(0, 14)}.json`;
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** The independent page for an element, with a credential in its fragment where there is one for a link. */
export function pageLink(element: Element, fragment: string | null): Actions["link"] {
  const own = element.getAttribute("page");
  const page = own === null ? new URL("./", import.meta.url) : new URL(own, element.baseURI);
  const here = page.origin === location.origin && page.pathname === location.pathname;
  // By default the site that the script came from; a page of this very site would not be independent.
  if (own === null && !here && page.origin === location.origin) return null;
  // Too long for a link, or a file that the link cannot carry: the page itself, to take it there by hand.
  if (fragment === null) return here ? null : { href: page.href, here };
  page.hash = fragment;
  return { href: page.href, here };
}
