const link = /\[\[\s*(s[a-z2-7]{16})\s*(?:\|([^[\]\n]{0,200}))?\]\]/g;

/** A title inside of Markdown: its own signs must not become a link, a list or an emphasis. */
const plain = (title: string) => title.replace(/[\\`*_{}[\]<>()#+\-.!|~]/g, "\\$&");

/** The note as Markdown: [[id]] becomes a link that is called like its session, if there is one. */
export const withLinks = (text: string, titles: Record<string, string>, origin: string) =>
  text.replace(link, (written, id: string, words: string | undefined) => {
    const title = words?.trim() || titles[id];
    return title === undefined ? written : `[${plain(title)}](${origin}/sessions/${id})`;
  });
