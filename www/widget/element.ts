/** `<probant-verifier>`: the class alone; `./define` registers it. */

import { ReflectingElement } from "./attributes";
import { button, h } from "./dom";
import { ProbantReportEvent, ProbantToggleEvent, type ProbantEventMap } from "./events";
import { inheritedLang, wordsFor } from "./language";
import { pageLink, saveReport } from "./leave";
import { textIn } from "./plain";
import type { Policy, Report } from "./report";
import { verifierFor, verifyFor, type Via } from "./run";
import { styles } from "./styles";
import { bytesOf, faultReport, type Input } from "./verifier";
import { linkView } from "./views/actions";
import { paintDialog } from "./views/dialog";
import { inputTokens } from "./views/form";
import { announcement, panel, type Model, type State } from "./views/panel";
import type { Actions } from "./views/scene";
import type { Words } from "./words";

/** After this, an answer on screen is no answer about now. */
const STALE_AFTER = 3_600_000;

/** What a reader does before asking for a verification. */
const INTEREST = ["pointerenter", "focusin", "dragenter"] as const;

/** Its events, for `addEventListener` and `removeEventListener`. */
export interface ProbantVerifierElement {
  addEventListener<K extends keyof ProbantEventMap>(
    type: K, listener: (this: ProbantVerifierElement, event: ProbantEventMap[K]) => unknown, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof ProbantEventMap>(
    type: K, listener: (this: ProbantVerifierElement, event: ProbantEventMap[K]) => unknown, options?: boolean | EventListenerOptions): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | EventListenerOptions): void;
}

/**
 * Verifies a credential and shows what came out.
 *
 * @element probant-verifier
 * @attr {string} src - Address of what to verify.
 * @attr {string} for - Id of an element that holds it: a script of type application/ld+json, an img or a link.
 * @attr {"button"|"inline"} display - A button that opens a dialog (default), or the result in place.
 * @attr {"click"|"visible"|"load"} auto - When to begin; `click` by default.
 * @attr {"allow"|"ask"|"never"} network - Whether documents may be looked up; `allow` by default.
 * @attr {string} recipient - Name, e-mail or identifier that it should have been issued to.
 * @attr {string} expected-issuer - Identifiers or domains of issuers that this page vouches for.
 * @attr {string} trust - The same; addresses of lists of issuers are not read yet.
 * @attr {string} lang - Language of the messages; inherited by default.
 * @attr {"auto"|"light"|"dark"} theme - Colours.
 * @attr {string} input - `all`, or some of `paste file drop url camera`: turns the element into a form.
 * @attr {string} page - Address of the independent page; by default the folder of this script, if on another site.
 * @attr {"off"} worker - Runs the core in the page: for pages whose policy forbids every Trusted Type.
 * @attr {string} mock - Shows a made-up state, under a ribbon.
 * @attr {boolean} open - Whether the dialog is open.
 * @attr {string} data-verdict - The verdict; read only.
 * @fires probant-need - A document is wanted.
 * @fires probant-progress - A look-up came back.
 * @fires probant-report - The answer is there.
 * @fires probant-toggle - The dialog opened or closed.
 * @slot - Shown until the element works, and where scripts do not run.
 * @slot label - The button's text.
 * @slot icon - In place of the verdict's icon.
 * @slot actions - Further actions below a result.
 * @slot footer - Below everything.
 * @csspart button
 * @csspart dialog
 * @csspart panel
 * @csspart verdict
 * @csspart icon
 * @csspart headline
 * @csspart sentence
 * @csspart issuer
 * @csspart recipient
 * @csspart checks
 * @csspart check
 * @csspart check-status
 * @csspart details
 * @csspart claims
 * @csspart item
 * @csspart address
 * @csspart endorsements
 * @csspart endorsement
 * @csspart actions
 * @csspart close
 * @csspart camera
 * @cssprop --probant-font
 * @cssprop --probant-radius
 * @cssprop --probant-space
 * @cssprop --probant-surface
 * @cssprop --probant-ink
 * @cssprop --probant-muted
 * @cssprop --probant-line
 * @cssprop --probant-focus
 * @cssprop --probant-accent
 * @cssprop --probant-ok
 * @cssprop --probant-info
 * @cssprop --probant-caution
 * @cssprop --probant-bad
 * @cssprop --probant-unknown
 * @cssprop --probant-dialog-width
 */
export class ProbantVerifierElement extends ReflectingElement {
  static readonly observedAttributes = [
    "src", "for", "display", "lang", "theme", "input", "mock", "open", "page", "recipient", "expected-issuer", "trust", "network",
  ];

  /** Registers the element; does nothing where the name is taken or there is no DOM. */
  static define(tag = "probant-verifier", registry = globalThis.customElements): void {
    if (registry && !registry.get(tag)) registry.define(tag, this);
  }

  #state: State = { kind: "idle" };
  #words: Words | null = null;
  #credential: Input | null = null;
  #policy: Policy | null = null;
  /** What the last answer is about. */
  #verified: Input | null = null;
  #via: Via = null;
  /** What the camera read last. */
  #scanned: string | null = null;
  #recipient: string | null = null;
  #run: AbortController | null = null;
  #internals: ElementInternals | null = null;
  #draft = { text: "", person: "" };
  readonly #open = new Set<string>();
  #staleTimer: ReturnType<typeof setTimeout> | undefined;
  #rendering = false;
  #byForm = false;
  #watcher: IntersectionObserver | null = null;

  constructor() {
    super();
    // Open, so that accessibility tools reach the result; a page that runs scripts could forge a closed one as well.
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [styles()];
    this.#internals = this.attachInternals?.() ?? null;
    // What was set before the class was there.
    for (const name of ["credential", "policy", "recipient"] as const) {
      if (Object.hasOwn(this, name)) {
        const value = this[name] as never;
        delete (this as Record<string, unknown>)[name];
        this[name] = value;
      }
    }
  }

  /** What to verify, in place of `src` and `for`: text, an address, bytes, a file or parsed JSON. */
  get credential(): Input | null {
    return this.#credential;
  }

  set credential(value: Input | null) {
    this.#credential = value;
    this.#renew();
  }

  /** Requirements beyond what the attributes say. */
  get policy(): Policy | null {
    return this.#policy;
  }

  set policy(value: Policy | null) {
    this.#policy = value;
  }

  /** Whom it should belong to: what was typed, else what was set. Never written to the attribute. */
  get recipient(): string | null {
    return this.#draft.person.trim() || (this.#recipient ?? this.getAttribute("recipient"));
  }

  set recipient(value: string | null) {
    this.#draft.person = "";
    this.#recipient = value;
  }

  /** The last answer. */
  get report(): Report | null {
    return this.#state.kind === "done" ? this.#state.report : null;
  }

  connectedCallback(): void {
    void this.#start();
    document.addEventListener("visibilitychange", this.#onVisible);
    globalThis.addEventListener("online", this.#onOnline);
    for (const sign of INTEREST) this.addEventListener(sign, this.#onInterest, { once: true, passive: true });
  }

  disconnectedCallback(): void {
    // An element that is only moved is back at once, and goes on.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#run?.abort();
      if (this.#state.kind === "running") this.reset();
      this.#watcher?.disconnect();
      clearTimeout(this.#staleTimer);
      document.removeEventListener("visibilitychange", this.#onVisible);
      globalThis.removeEventListener("online", this.#onOnline);
    });
  }

  attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (old === value || !this.isConnected) return;
    if (name === "lang") void this.#translate();
    else if (name === "mock") void this.#showMock();
    else if (name === "open") this.#toggle(value !== null);
    else if (name === "src" || name === "for") this.#renew();
    else this.#render();
  }

  /** Verifies; the answer is also shown, and told in `probant-report`. `null` where it was given up. */
  async verify(): Promise<Report | null> {
    this.#run?.abort();
    const run = (this.#run = new AbortController());
    this.#set({ kind: "running", host: null, ask: null, choice: null });
    const report = await verifyFor({
      element: this,
      credential: this.#credential,
      policy: this.#policy,
      recipient: this.recipient,
      signal: run.signal,
      onInput: (input, inPicture) => {
        this.#verified = input;
        this.#via = inPicture ? "picture" : input === this.#scanned ? "camera" : null;
      },
      onChoice: (choice) => {
        if (run.signal.aborted || this.#state.kind !== "running") return;
        this.#set({ ...this.#state, choice });
        // Who chose the picture goes on with the choice; nobody else is interrupted.
        if (!choice || !this.#byForm) return;
        this.#paint();
        this.shadowRoot?.querySelector<HTMLElement>("[role=group] [role=group] button")?.focus();
      },
      onHost: (host) => {
        if (!run.signal.aborted && this.#state.kind === "running") this.#set({ ...this.#state, host });
      },
      consent: (host) => this.#consent(host, run.signal),
    });
    if (report) await this.#translate(report);
    if (run.signal.aborted || !report) return null;
    this.#settle(report);
    return report;
  }

  /**
   * Makes a challenge: from now on, only a presentation that was signed for it and for `domain` shows whose a credential
   * is.
   */
  challenge(domain = location.host): string {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const challenge = btoa(String.fromCharCode(...bytes)).replace(/\W/g, (c) => (c === "+" ? "-" : c === "/" ? "_" : ""));
    this.policy = { ...this.policy, challenge, domain };
    return challenge;
  }

  /** Opens the dialog; verifies where that was not done yet. */
  show(): void {
    this.setAttribute("open", "");
  }

  /** Closes the dialog. */
  hide(): void {
    this.removeAttribute("open");
  }

  /** Forgets the answer. */
  reset(): void {
    this.#run?.abort();
    this.#run = null;
    clearTimeout(this.#staleTimer);
    this.#open.clear();
    this.#via = null;
    this.#set({ kind: "idle" });
  }

  /** Saves the report as a file. */
  saveReceipt(): void {
    if (this.report) saveReport(this.report);
  }

  async #start(): Promise<void> {
    // The core is under way before the words are there.
    if (this.#begins("load") && this.#state.kind === "idle") void this.verify();
    await this.#translate();
    if (this.hasAttribute("mock")) await this.#showMock();
    if (this.hasAttribute("open")) this.#toggle(true);
    if (this.getAttribute("auto") === "visible") {
      this.#watcher = new IntersectionObserver((seen) => {
        if (!seen.some((entry) => entry.isIntersecting)) return;
        this.#watcher?.disconnect();
        if (this.#begins("visible") && this.#state.kind === "idle") void this.verify();
      });
      this.#watcher.observe(this);
    }
  }

  /** Another input: the last answer is none to it. */
  #renew(): void {
    this.reset();
    if (this.isConnected && this.#begins("load")) void this.verify();
  }

  #begins(when: string): boolean {
    const named = this.#credential !== null || this.hasAttribute("src") || this.hasAttribute("for");
    return named && this.getAttribute("auto") === when && !this.hasAttribute("mock");
  }

  /** Gets the words of the language, with all that `report` says. */
  async #translate(report = this.report): Promise<void> {
    const lang = inheritedLang(this);
    const words = await wordsFor(lang, report).catch(() => null);
    // Another language may have been chosen meanwhile, and have come first.
    if (lang !== inheritedLang(this)) return this.#translate(report);
    if (!words) return;
    this.#words = words;
    this.#render();
  }

  async #showMock(): Promise<void> {
    const name = this.getAttribute("mock");
    this.#open.clear();
    if (name === null || name === "idle") return this.reset();
    if (name === "running") return this.#set({ kind: "running", host: "badges.example.edu", ask: null, choice: null });
    const { mockReport } = await import("./mock");
    const report = mockReport(name);
    if (!report) return;
    await this.#translate(report);
    if (this.getAttribute("mock") === name) this.#settle(report);
  }

  /** Asks the reader; the hosts of one round are asked about together. */
  #consent(host: string, signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const state = this.#state;
      if (signal.aborted || state.kind !== "running") return resolve(false);
      signal.addEventListener("abort", () => resolve(false));
      const before = state.ask;
      const hosts = new Set(before?.hosts).add(host);
      const answer = (yes: boolean) => {
        before?.answer(yes);
        resolve(yes);
        if (this.#state.kind === "running") this.#set({ ...this.#state, ask: null });
      };
      this.#set({ ...state, ask: { hosts, answer } });
    });
  }

  #settle(report: Report): void {
    // The control that had the focus goes away with the form; the reader goes on from the answer.
    const focused = this.shadowRoot?.activeElement;
    const byForm = this.#byForm || (focused != null && focused.getAttribute("part") !== "button");
    this.#byForm = false;
    const done: State = { kind: "done", report, since: Date.now(), fragment: null, via: this.#via };
    this.#set(done);
    clearTimeout(this.#staleTimer);
    this.#staleTimer = setTimeout(() => this.#render(), STALE_AFTER);
    if (byForm) {
      this.#paint();
      this.shadowRoot?.querySelector<HTMLElement>("#headline")?.focus();
    }
    this.dispatchEvent(new ProbantReportEvent(report, this.#via));
    void bytesOf(this.#verified ?? "").then(async (bytes) => (await import("./views/folds")).toFragment(bytes)).then((fragment) => {
      if (fragment === null || this.#state !== done) return;
      done.fragment = fragment;
      // In place: what stands there keeps its focus and its selection.
      const link = this.#words && linkView(this.#actions(this.#words), this.#words);
      const old = this.shadowRoot?.querySelector<HTMLAnchorElement>("[part=actions] > a");
      if (old && link instanceof HTMLAnchorElement) old.href = link.href;
      else if (link) this.shadowRoot?.querySelector("[part=actions] > slot")?.before(link);
    }).catch(() => undefined);
  }

  #set(state: State): void {
    this.#state = state;
    const verdict = state.kind === "done" ? (state.report.verdict ?? "none") : null;
    if (verdict === null) this.removeAttribute("data-verdict");
    else this.setAttribute("data-verdict", verdict);
    try {
      const states = this.#internals?.states;
      states?.clear();
      states?.add(state.kind === "running" ? "busy" : (verdict ?? "idle"));
    } catch {
      // Older browsers take only states with two hyphens before them; there the attribute has to do.
    }
    this.#render();
  }

  /** The core is fetched as soon as somebody shows interest. */
  readonly #onInterest = (): void => {
    if (!this.hasAttribute("mock")) void verifierFor(this).ready().catch(() => undefined);
  };

  readonly #onVisible = (): void => {
    if (document.visibilityState === "visible" && this.#isStale()) this.#render();
  };

  readonly #onOnline = (): void => {
    if (this.report?.headline === "offline" && !this.hasAttribute("mock")) void this.verify();
  };

  #isStale(): boolean {
    return this.#state.kind === "done" && Date.now() - this.#state.since >= STALE_AFTER;
  }

  /** Several changes in a row are painted once. */
  #render(): void {
    if (this.#rendering) return;
    this.#rendering = true;
    queueMicrotask(() => {
      if (this.#rendering) this.#paint();
    });
  }

  #paint(): void {
    this.#rendering = false;
    const { shadowRoot: root } = this;
    const words = this.#words;
    if (!root || !words || !this.isConnected) return;
    const model = this.#model(words);
    const live = root.querySelector("[role=status]") ?? h("p", { role: "status", class: "sr" });
    const old = root.querySelector("[part=panel]");
    // In place: above it the camera may be open.
    if (this.getAttribute("display") !== "inline") paintDialog(root, live, model, () => this.show(), () => this.hide());
    else if (old?.parentNode === root) old.replaceWith(panel(model));
    else root.replaceChildren(live, panel(model));
    const said = announcement(model);
    if (live.textContent !== said) live.textContent = said;
  }

  #model(words: Words): Model {
    const tokens = inputTokens(this.getAttribute("input"));
    return {
      words,
      tokens,
      state: this.#state,
      stale: this.#isStale(),
      mock: this.hasAttribute("mock"),
      draft: this.#draft,
      open: this.#open,
      actions: this.#actions(words),
      take: (input) => this.#take(input),
      scan: () => void this.#scan(words),
      cancel: () => this.reset(),
    };
  }

  #actions(words: Words): Actions {
    const again = () => void this.verify();
    const takesInput = inputTokens(this.getAttribute("input")).size > 0;
    return {
      again,
      offersAgain: !this.#isStale() && (this.report?.verdict === "incomplete" || this.report?.headline === "internal"),
      person: this.recipient ?? "",
      compare: takesInput ? (person) => {
        this.#draft.person = person;
        this.#byForm = true;
        again();
      } : null,
      text: () => (this.report ? textIn(this.report, words) : ""),
      copy: async (text) => navigator.clipboard?.writeText(text).then(() => true, () => false) ?? false,
      save: () => this.saveReceipt(),
      link: pageLink(this, this.#state.kind === "done" ? this.#state.fragment : null),
      another: takesInput ? () => this.#another() : null,
    };
  }

  /** Verifies what was typed, chosen or dropped. */
  #take(input: Input): void {
    this.#byForm = true;
    this.credential = input;
    void this.verify();
  }

  /** Verifies what the camera reads in a QR code. */
  async #scan(words: Words): Promise<void> {
    this.#run?.abort();
    const { signal } = (this.#run = new AbortController());
    try {
      const { scan } = await import("./qr/qr");
      this.#scanned = this.shadowRoot && await scan(this.shadowRoot, words, { h, button }, this.getAttribute("worker") !== "off", signal);
      if (this.#scanned !== null) this.#take(this.#scanned);
    } catch {
      // It could not be loaded.
      if (!signal.aborted) this.#settle(faultReport());
    }
  }

  /** Back to an empty form. */
  #another(): void {
    this.#draft.text = this.#draft.person = "";
    this.credential = null;
    this.#paint();
    this.shadowRoot?.querySelector<HTMLElement>(".form textarea, .form input, .form button")?.focus();
  }

  #toggle(open: boolean): void {
    if (!this.#words) return;
    this.#paint();
    const dialog = this.shadowRoot?.querySelector("dialog");
    if (!dialog) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
    if (open && this.#state.kind === "idle" && inputTokens(this.getAttribute("input")).size === 0) void this.verify();
    this.dispatchEvent(new ProbantToggleEvent(open));
  }
}
