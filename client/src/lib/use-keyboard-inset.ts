import { useSyncExternalStore } from "react";

function watch(changed: () => void) {
  const view = window.visualViewport;
  view?.addEventListener("resize", changed);
  view?.addEventListener("scroll", changed);
  return () => {
    view?.removeEventListener("resize", changed);
    view?.removeEventListener("scroll", changed);
  };
}

function covered(): number {
  const view = window.visualViewport;
  // A page that was zoomed in is covered by nothing.
  if (view === null || view === undefined || view.scale > 1.01) return 0;
  return Math.max(0, Math.round(window.innerHeight - view.height - view.offsetTop));
}

/** Pixels of the page that the keyboard on a phone's screen covers, where the browser does not make the page smaller itself. */
export const useKeyboardInset = () => useSyncExternalStore(watch, covered, () => 0);
