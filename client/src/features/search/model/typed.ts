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

export const without = (text: string, chip: Chip) => text.replace(chip.text, "").replace(/\s+/g, " ").trim();
