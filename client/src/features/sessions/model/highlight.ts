export interface Token {
  text: string;
  kind: "key" | "text" | "number" | "comment" | null;
}

const words =
  "abstract|as|async|await|bool|break|case|catch|class|const|continue|def|default|del|do|elif|else|enum|export|extends|false|False|final|finally|fn|for|foreach|from|func|function|if|impl|implements|import|in|int|interface|internal|is|let|long|match|mod|module|mut|namespace|new|nil|None|not|null|of|or|override|package|private|protected|pub|public|raise|readonly|record|return|sealed|self|static|string|struct|super|switch|this|throw|trait|true|True|try|type|typeof|undefined|use|using|var|void|where|while|with|yield";

// One expression for all languages: what most of them agree on. A wrong colour does no harm, a grammar per language
// would cost more to load than the whole page.
const pattern = new RegExp(
  [
    "(?<comment>//.*$|/\\*.*?(?:\\*/|$)|(?:^|(?<=\\s))#(?![0-9a-fA-F]{3,8}\\b).*$|<!--.*?(?:-->|$))",
    "(?<text>\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|`(?:[^`\\\\]|\\\\.)*`)",
    "(?<number>\\b\\d[\\d_]*(?:\\.\\d+)?\\b)",
    `(?<key>\\b(?:${words})\\b)`,
  ].join("|"),
  "g",
);

/** Longer lines are mostly data or minified code. */
const longestLine = 400;

export function highlightLine(line: string): Token[] {
  if (line.length > longestLine) return [{ text: line, kind: null }];
  const tokens: Token[] = [];
  let from = 0;
  for (const match of line.matchAll(pattern)) {
    if (match.index > from) tokens.push({ text: line.slice(from, match.index), kind: null });
    const groups = match.groups ?? {};
    const kind = (["comment", "text", "number", "key"] as const).find((name) => groups[name] !== undefined) ?? null;
    tokens.push({ text: match[0], kind });
    from = match.index + match[0].length;
  }
  if (from < line.length) tokens.push({ text: line.slice(from), kind: null });
  return tokens;
}
