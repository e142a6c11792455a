/** While somebody types, the last word may go on: what is sent asks for its beginning. Shorter ones mean half of all words. */
const openWord = /(?:^|\s)-?[\p{L}\p{N}_]{3,}$/u;

export const asTyped = (text: string) => (openWord.test(text) ? `${text}*` : text);

export interface Chip {
  text: string;
  name: string;
  value: string;
}

const filter = /(?:^|\s)(-?(?:project|agent|model|tool|file|before|after|is|has|role):(?:"[^"]*"|[^\s":]\S*))/g;

/** The filters that stand in a query. */
export const chipsOf = (text: string): Chip[] =>
  [...text.matchAll(filter)].flatMap(([, found]) => {
    const [name = "", ...value] = (found ?? "").split(":");
    return found === undefined ? [] : [{ text: found, name, value: value.join(":").replaceAll('"', "") }];
  });

/** What stands around it stays as it is: a look through the bytes takes every space for itself. */
export function without(text: string, chip: Chip) {
  const at = text.indexOf(chip.text);
  return `${text.slice(0, at).trimEnd()} ${text.slice(at + chip.text.length).trimStart()}`.trim();
}

/** A query without its filters: what a look through the bytes looks for. */
export const textOf = (text: string) => chipsOf(text).reduce(without, text);
