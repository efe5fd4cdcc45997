/** The live view: shows what the camera sees until a code is read in it. */

import type { Words } from "../words";
import css from "./camera.css";
import type { Make } from "./make";
import { nativeDetect } from "./native";
import { planeOf } from "./plane";
import { openReader } from "./reader";
import { textsIn, type Texts } from "./texts";

/** Wait between two looks, in milliseconds. */
const BETWEEN = 80;

/** Longest side of what is looked at: dense codes need it, and a telephone still reads ten pictures a second. */
const MAX_SIDE = 1_600;

/** Looks that are left to the browser's own reader before ours looks as well. */
const NATIVE_ALONE = 20;

const WANTED: MediaStreamConstraints = {
  audio: false,
  video: { facingMode: { ideal: "environment" }, width: { ideal: 1_920 }, height: { ideal: 1_080 } },
};

/** What went wrong, by the name of the error that `getUserMedia` rejects with. */
const TROUBLE: Readonly<Record<string, keyof Texts>> = {
  NotAllowedError: "denied", SecurityError: "denied",
  NotFoundError: "missing", OverconstrainedError: "missing",
  NotReadableError: "busy", AbortError: "busy",
};

let sheet: CSSStyleSheet | undefined;

/**
 * Opens the view above everything else, in the element's shadow root. Gives the text of the first code that was read;
 * `null` once it was closed or `signal` was aborted. By then the camera is off.
 */
export function scan(
  root: ShadowRoot, words: Words, make: Make, mayUseWorker: boolean, signal: AbortSignal,
): Promise<string | null> {
  if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(css);
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(null);
    const view = new CameraView(words, make, mayUseWorker, (text) => {
      signal.removeEventListener("abort", view.close);
      resolve(text);
    });
    signal.addEventListener("abort", view.close);
    view.open(root);
  });
}

class CameraView {
  readonly #texts: Texts;
  readonly #reader;
  readonly #video;
  readonly #said;
  readonly #again;
  readonly #light;
  readonly #cancel;
  readonly #dialog;
  #stream: MediaStream | null = null;
  #found: string | null = null;
  /** Counts the times that the camera was asked for; whatever belongs to an earlier one is over. */
  #turn = 0;

  constructor(words: Words, { h, button }: Make, mayUseWorker: boolean, done: (text: string | null) => void) {
    this.#texts = textsIn(words.lang);
    this.#reader = openReader(mayUseWorker);
    this.#said = h("p", { role: "status" });
    this.#video = h("video", { "aria-hidden": "true", playsinline: true });
    this.#video.muted = true;
    this.#again = button(this.#texts.again, () => void this.#start(), { class: "primary" });
    this.#light = button(this.#texts.light, () => void this.#switchLight(), { "aria-pressed": "false" });
    this.#cancel = button(words.text("ui.cancel"), this.close);
    this.#dialog = h("dialog", { part: "camera", class: "camera", lang: words.lang, "aria-labelledby": "camera-title" },
      h("div", null,
        h("h2", { id: "camera-title" }, words.text("ui.camera")),
        this.#video, this.#said,
        h("div", { class: "row" }, this.#again, this.#light, this.#cancel)));
    this.#dialog.addEventListener("cancel", () => this.#stop());
    this.#dialog.addEventListener("close", () => {
      this.#stop();
      this.#reader.close();
      document.removeEventListener("visibilitychange", this.#onHidden);
      this.#dialog.remove();
      done(this.#found);
    });
  }

  open(root: ShadowRoot): void {
    root.append(this.#dialog);
    document.addEventListener("visibilitychange", this.#onHidden);
    this.#dialog.showModal();
    void this.#start();
  }

  /** Where the view is taken out of the page, it does not close by itself. */
  readonly close = (): void => {
    this.#stop();
    if (this.#dialog.open && this.#dialog.isConnected) this.#dialog.close();
    else this.#dialog.dispatchEvent(new Event("close"));
  };

  readonly #onHidden = (): void => {
    if (document.visibilityState === "hidden" && this.#stream) this.#fail("off");
  };

  async #start(): Promise<void> {
    const turn = ++this.#turn;
    // The button that was pressed goes away.
    this.#cancel.focus();
    this.#again.hidden = this.#light.hidden = true;
    this.#video.hidden = false;
    this.#said.textContent = this.#texts.starting;
    try {
      const stream = await navigator.mediaDevices.getUserMedia(WANTED);
      if (turn !== this.#turn) return stopAll(stream);
      this.#stream = stream;
      if (document.visibilityState === "hidden") return this.#fail("off");
      const [track] = stream.getVideoTracks();
      // The camera was unplugged, or the permission taken back.
      track?.addEventListener("ended", () => turn === this.#turn && this.#fail("off"));
      this.#light.hidden = !hasTorch(track);
      this.#video.srcObject = stream;
      await this.#video.play();
      if (turn !== this.#turn) return;
      this.#said.textContent = this.#texts.looking;
      await this.#look(turn);
    } catch (error) {
      if (turn === this.#turn) this.#fail(TROUBLE[(error as Error).name] ?? "failed");
    }
  }

  async #look(turn: number): Promise<void> {
    const detect = await nativeDetect();
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d", { willReadFrequently: true });
    for (let looks = 0; turn === this.#turn; looks++) {
      let [text] = detect ? await detect(this.#video) : [];
      if (text === undefined && context && turn === this.#turn && (!detect || looks > NATIVE_ALONE)) {
        [text] = await this.#reader.read(planeOf(frame(this.#video, canvas, context)), true);
      }
      if (turn !== this.#turn) return;
      if (text !== undefined) {
        this.#found = text;
        return this.close();
      }
      await new Promise((resolve) => setTimeout(resolve, BETWEEN));
    }
  }

  /** Says why there is no picture, and offers to begin anew. */
  #fail(why: keyof Texts): void {
    this.#stop();
    this.#video.hidden = this.#light.hidden = true;
    this.#again.hidden = false;
    this.#said.textContent = this.#texts[why];
    this.#again.focus();
  }

  #stop(): void {
    this.#turn++;
    if (this.#stream) stopAll(this.#stream);
    this.#stream = this.#video.srcObject = null;
  }

  async #switchLight(): Promise<void> {
    const on = this.#light.getAttribute("aria-pressed") !== "true";
    const constraints = { advanced: [{ torch: on } as MediaTrackConstraintSet] };
    await this.#stream?.getVideoTracks()[0]?.applyConstraints(constraints).then(
      () => this.#light.setAttribute("aria-pressed", String(on)),
      () => (this.#light.hidden = true));
  }
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function hasTorch(track: MediaStreamTrack | undefined): boolean {
  return Boolean((track?.getCapabilities?.() as { torch?: boolean } | undefined)?.torch);
}

/** What the camera shows now. */
function frame(video: HTMLVideoElement, canvas: HTMLCanvasElement, context: CanvasRenderingContext2D): ImageData {
  const scale = Math.min(1, MAX_SIDE / Math.max(video.videoWidth, video.videoHeight, 1));
  canvas.width = Math.max(1, Math.round(video.videoWidth * scale));
  canvas.height = Math.max(1, Math.round(video.videoHeight * scale));
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
