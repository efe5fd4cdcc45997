/** Links out of a credential. */

export interface SafeLink {
  href: string;
  /** The host that the link leads to, international names in their ASCII form. */
  host: string;
}

/** `text` as a link to show; `null` unless it is a plain https address. */
export function safeLink(text: string | null | undefined): SafeLink | null {
  if (!text || text.length > 2_048 || /[\s\u0000-\u001f\\]/.test(text)) return null;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return null;
  }
  if (url.protocol !== "https:" || url.username || url.password) return null;
  return { href: url.href, host: url.host };
}
