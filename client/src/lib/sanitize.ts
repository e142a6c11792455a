// Bidirectional overrides and isolates can make text read otherwise than it is; so can invisible tags.
const deceiving = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/gu;
// Everything below a space but tab and line feed, delete, and the C1 range.
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g

/** Text as it may stand on screen: no control characters, and direction marks made visible. */
export const visibleText = (text: string): string =>
  text.replace(/\r\n/g, "\n").replace(controls, "").replace(deceiving, "\ufffd");

/** A link that may be followed, or null. */
export function safeLink(href: string | undefined): string | null {
  if (href === undefined) return null;
  try {
    const url = new URL(href);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
