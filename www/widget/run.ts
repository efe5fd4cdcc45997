/** One verification for one element: its input, its policy, and the documents that are asked for on the way. */

import { answerOf } from "./answer";
import type { CoreAnswer } from "./core";
import { button, h } from "./dom";
import { ProbantNeedEvent, ProbantProgressEvent } from "./events";
import { fromAddress, inputOf } from "./input";
import { policyOf } from "./policy";
import type { Need, Policy, Report } from "./report";
import { clean } from "./text";
import { createVerifier, faultReport, type Input, type Verifier } from "./verifier";
import type { Words } from "./words";

export interface Run {
  element: HTMLElement;
  credential: Input | null;
  policy: Policy | null;
  recipient: string | null;
  signal: AbortSignal;
  /** Told once it is known what is verified, and again where that was in a picture's QR code. */
  onInput: (input: Input, inPicture: boolean) => void;
  /** Told which host is asked. */
  onHost: (host: string) => void;
  /** Whether that host may be asked; for `network="ask"`. */
  consent: (host: string) => Promise<boolean>;
  /** Shows a choice between texts; the promise of `choose` waits for it. */
  onChoice: (choice: ((words: Words) => HTMLElement) | null) => void;
}

/** Where the QR code was that held the input; `null` where there was none. */
export type Via = "picture" | "camera" | null;

/** Elements share an instance of the core: one in a worker, one in the page. */
const shared: { worker?: Verifier; page?: Verifier } = {};

export function verifierFor(element: Element): Verifier {
  return element.getAttribute("worker") === "off"
    ? (shared.page ??= createVerifier({ worker: false }))
    : (shared.worker ??= createVerifier());
}

/** The report; `null` where the run was given up. */
export async function verifyFor(run: Run): Promise<Report | null> {
  const { element, signal } = run;
  const attribute = (name: string) => element.getAttribute(name);
  try {
    const input = await inputFor(run);
    run.onInput(input, false);
    return await verifierFor(element).verify(input, {
      policy: policyOf(run.policy, run.recipient, [attribute("expected-issuer"), attribute("trust")]),
      network: attribute("network") === "never" ? "never" : "allow",
      signal,
      onNeed: (need) => answer(need, run),
      onProgress: (progress) => {
        element.dispatchEvent(new ProbantProgressEvent(progress));
      },
      onCodes: async (texts, inside) => {
        const { chosen } = await import("./qr/qr");
        const text = await chosen(texts, { h, button, clean }, run, inside?.file);
        // The report says where in a link or a file it was.
        if (text !== null && !inside) run.onInput(text, true);
        return text;
      },
    });
  } catch {
    // Our own fault: the core could not be loaded, or the host page asked for what does not exist.
    return signal.aborted ? null : faultReport();
  }
}

async function inputFor({ element, credential, signal }: Run): Promise<Input> {
  if (credential !== null) return credential;
  const source = element.getAttribute("src");
  const id = element.getAttribute("for");
  const root = element.getRootNode() as Document | ShadowRoot;
  const named = source ?? (id && inputOf(root.getElementById(id))) ?? "";
  if (source === null && !/^(?:https?|data|blob):/i.test(named)) return named;
  return fromAddress(new URL(named, element.baseURI), element.getAttribute("network") !== "never", signal);
}

/** The page is asked first, then the reader where the page wants that; the core fetches what is left. */
async function answer(need: Need, { element, onHost, consent }: Run): Promise<CoreAnswer> {
  const event = new ProbantNeedEvent(need);
  element.dispatchEvent(event);
  if (event.answer) return answerOf(event.answer, need);
  // Nobody but the page gives these: the core leaves them out.
  if (need.kind === "resource" && !event.defaultPrevented) return undefined;
  const asks = element.getAttribute("network") === "ask";
  if (event.defaultPrevented || (asks && !(await consent(need.host)))) return { failure: "declined" };
  onHost(need.host);
  return undefined;
}
