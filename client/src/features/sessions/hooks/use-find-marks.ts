import { useEffect, type RefObject } from "react";

/** Where `text` stands in what is drawn, as ranges; no element is touched, so React's tree stays its own. */
function rangesOf(root: HTMLElement, text: string): Range[] {
  const ranges: Range[] = [];
  const wanted = text.toLowerCase();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const content = node.textContent?.toLowerCase() ?? "";
    for (let at = content.indexOf(wanted); at !== -1; at = content.indexOf(wanted, at + wanted.length)) {
      // Lower case may be longer than the original (İ); such a place is rather left unmarked.
      if (at + wanted.length > (node.textContent?.length ?? 0)) break;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      ranges.push(range);
    }
  }
  return ranges;
}

/** Marks the words looked for in everything drawn inside `root`, also in what is drawn later. */
export function useFindMarks(root: RefObject<HTMLElement | null>, text: string) {
  useEffect(() => {
    const element = root.current;
    if (text === "" || element === null || !("highlights" in CSS)) return undefined;
    let frame = 0;
    const mark = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => CSS.highlights.set("find", new Highlight(...rangesOf(element, text))));
    };
    const observer = new MutationObserver(mark);
    observer.observe(element, { childList: true, subtree: true, characterData: true });
    mark();
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      CSS.highlights.delete("find");
    };
  }, [root, text]);
}
