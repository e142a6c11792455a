import { useEffect, useRef, useState } from "react";
import { useKeys } from "@/lib/keyboard";
import { Icon } from "@/ui/icon";
import type { SearchMode } from "../model/place";
import { chipsOf, without } from "../model/typed";
import styles from "./search-bar.module.css";

const modes: readonly { mode: SearchMode; label: string }[] = [
  { mode: "words", label: "Words" },
  { mode: "substring", label: "Part of a text" },
  { mode: "regex", label: "Regular expression" },
];

const offered = ["project:", "agent:", "model:", "tool:", "file:", "after:", "before:", "role:user", "is:error", "has:commit"] as const;

interface Props {
  q: string;
  mode: SearchMode;
  onChange: (q: string, mode: SearchMode) => void;
  /** Down from the field into the results. */
  onDown: () => void;
}

export function SearchBar({ q, mode, onChange, onDown }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(q);
  useKeys({ "/": () => input.current?.select() });

  // Back and forward change the address without this field.
  const [shown, setShown] = useState(q);
  if (shown !== q) {
    setShown(q);
    if (q !== text.trim()) setText(q);
  }
  useEffect(() => {
    const typed = text.trim();
    if (typed === q) return undefined;
    const timer = setTimeout(() => onChange(typed, mode), mode === "words" ? 120 : 350);
    return () => clearTimeout(timer);
  }, [text, q, mode, onChange]);

  const add = (filter: string) => {
    setText((now) => `${now.trim()}${now.trim() === "" ? "" : " "}${filter}`);
    input.current?.focus();
  };
  const chips = chipsOf(text);
  return (
    <div className={styles.bar} role="search">
      <div className={styles.line}>
        <input
          ref={input}
          className={styles.input}
          type="search"
          aria-label="Search all sessions"
          placeholder="Any word, command or output of any session"
          value={text}
          autoComplete="off"
          spellCheck={false}
          maxLength={1000}
          autoFocus
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") event.currentTarget.blur();
            if (event.key === "ArrowDown" || event.key === "Enter") {
              event.preventDefault();
              if (text.trim() !== q) onChange(text.trim(), mode);
              else onDown();
            }
          }}
        />
        <fieldset className={styles.modes}>
          <legend className="visually-hidden">How to look</legend>
          {modes.map((choice) => (
            <label key={choice.mode} className={styles.mode}>
              <input type="radio" name="mode" checked={choice.mode === mode} onChange={() => onChange(text.trim(), choice.mode)} />
              {choice.label}
            </label>
          ))}
        </fieldset>
      </div>
      <div className={styles.chips}>
        {chips.map((chip) => (
          <button key={chip.text} type="button" className={styles.chip} data-set="true" aria-label={`Take out ${chip.text}`} onClick={() => setText(without(text, chip))}>
            {chip.name}: {chip.value}
            <Icon name="close" />
          </button>
        ))}
        {offered
          .filter((filter) => !chips.some((chip) => filter.startsWith(`${chip.name}:`)))
          .map((filter) => (
            <button key={filter} type="button" className={styles.chip} aria-label={`Add the filter ${filter}`} onClick={() => add(filter)}>
              {filter}
            </button>
          ))}
      </div>
    </div>
  );
}
