/**
 * Text that a credential brings: made harmless to the eye before it is shown. It never reaches an HTML parser; these
 * rules are against text that poses as ours (ticks, locks), reorders its surroundings or hides characters.
 */

/** Marks that a reader could take for our verdict. */
const POSING = /[\u2705\u2611\u2713\u2714\u237b\u{1f5f8}\u{1f5f9}\u{1f50f}-\u{1f513}\u{1f6e1}]\ufe0f?/gu;

/** What is not seen: direction overrides and isolates, tags, fillers; dropped, but for joiners and what makes an emoji. */
const HIDDEN = /(?![\u200c\u200d\ufe0f])[\p{DI}\ufff9-\ufffb]/gu;

/** Controls and odd line ends. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/g;

/** More marks on one letter than any language writes. */
const STACKED = /(\p{M}{3})\p{M}+/gu;

/** Several lines of text, harmless, at most `max` characters. */
export function cleanLines(text: string, max = 20_000): string {
  // Cut before the rules run, so that their work is bounded too.
  const short = text.length > max ? cut(text, max) : text;
  return short
    .replace(/\r\n?/g, "\n")
    .replace(HIDDEN, "")
    .replace(CONTROL, " ")
    .replace(STACKED, "$1")
    .replace(POSING, "\u25a1");
}

/** One line of text, harmless, at most `max` characters. */
export function clean(text: string, max = 200): string {
  return cleanLines(text, max).replace(/[^\S\u00a0\u202f]+/g, " ").trim();
}

/** The first `max` UTF-16 units, no character halved, with an ellipsis. */
function cut(text: string, max: number): string {
  const half = /[\ud800-\udbff]$/;
  return text.slice(0, max - 1).replace(half, "") + "\u2026";
}

/** Data as text, with everything that hides, poses or reorders written as an escape. */
export function escaped(json: string): string {
  const escape = (text: string) => [...Array(text.length).keys()]
    .map((at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, "0")}`).join("");
  return json.replace(HIDDEN, escape).replace(/[\u007f-\u009f\u2028\u2029]/g, escape).replace(POSING, escape);
}
