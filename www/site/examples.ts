/** The example badges: one of each answer, none of which touches the network. */

import type { Failure, Policy, ProbantNeedEvent, ProbantVerifierElement } from "../widget/index";

/** One entry of `examples/index.json`. */
export interface Example {
  id: string;
  title: { en: string; fr: string };
  /** The badge, beside the index. */
  file: string;
  /** Whom the page trusts for this example alone. */
  policy?: Policy;
  /** The documents that it needs, by address: a file beside the index, or why there is none. */
  evidence?: Record<string, string | { file: string } | { failure: Failure }>;
}

const FOLDER = new URL("./examples/", import.meta.url);

export async function loadExamples(): Promise<Example[]> {
  const response = await fetch(new URL("index.json", FOLDER));
  return (await response.json()) as Example[];
}

/** Shows an example; gives what to do once another badge is shown. */
export async function showExample(verifier: ProbantVerifierElement, example: Example): Promise<() => void> {
  const badge = await (await fetch(new URL(example.file, FOLDER))).arrayBuffer();
  const answer = (event: ProbantNeedEvent) => {
    const known = example.evidence?.[event.need.url] ?? { failure: "declined" };
    const file = typeof known === "string" ? known : "file" in known ? known.file : null;
    event.respondWith(file ? fetch(new URL(file, FOLDER)) : (known as { failure: Failure }));
  };
  verifier.addEventListener("probant-need", answer);
  verifier.recipient = null;
  verifier.policy = example.policy ?? null;
  verifier.credential = badge;
  void verifier.verify();
  return () => {
    verifier.removeEventListener("probant-need", answer);
    verifier.policy = null;
  };
}
