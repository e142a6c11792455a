import { useEffect } from "react";

// The tab's title has two authors, the page and whoever counts what waits: neither may overwrite the other.
let page = "Muse";
let waiting = 0;
const write = () => void (document.title = waiting > 0 ? `(${waiting}) ${page}` : page);

/** Names the tab after the page while it is shown. */
export function usePageTitle(title: string) {
  useEffect(() => {
    page = `${title} · Muse`;
    write();
  }, [title]);
}

/** Puts a count before the title of whatever page is shown. */
export function useTitleCount(count: number) {
  useEffect(() => {
    waiting = count;
    write();
  }, [count]);
}
