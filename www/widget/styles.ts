import css from "./styles.css";

let sheet: CSSStyleSheet | undefined;

/** One style sheet for all elements; constructed, so that no inline style is needed. */
export function styles(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  return sheet;
}
