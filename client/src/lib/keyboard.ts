import { useEffect, useEffectEvent } from "react";

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

/** The key as the maps below write it: "j", "?", "Mod+k". */
export function keyName(event: KeyboardEvent): string {
  const mod = event.ctrlKey || event.metaKey;
  return mod ? `Mod+${event.key.toLowerCase()}` : event.key;
}

export type Keys = Record<string, (event: KeyboardEvent) => void>;

/** Calls the handler of a pressed key, unless somebody types or a dialog is open; "Mod+" keys work while typing. */
export function useKeys(keys: Keys, enabled = true) {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey) return;
    const name = keyName(event);
    const handler = Object.hasOwn(keys, name) ? keys[name] : undefined;
    if (handler === undefined) return;
    if (!name.startsWith("Mod+") && (isTyping(event.target) || document.querySelector("dialog[open]") !== null)) return;
    event.preventDefault();
    handler(event);
  });
  useEffect(() => {
    if (!enabled) return undefined;
    const listener = (event: KeyboardEvent) => press(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, [enabled]);
}

/** "g" and then a letter within a second. */
export function useGoKeys(places: Record<string, () => void>) {
  const press = useEffectEvent((key: string) => places[key]?.());
  useEffect(() => {
    let armedAt = Number.NEGATIVE_INFINITY;
    const listener = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.querySelector("dialog[open]") !== null) return;
      if (event.timeStamp - armedAt < 1000) {
        armedAt = Number.NEGATIVE_INFINITY;
        event.preventDefault();
        press(event.key);
      } else if (event.key === "g") armedAt = event.timeStamp;
    };
    // Capture: the second letter must not also reach the page's own keys.
    window.addEventListener("keydown", listener, true);
    return () => window.removeEventListener("keydown", listener, true);
  }, []);
}
