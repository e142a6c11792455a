import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useDeferredValue, useState } from "react";
import { peekSearch } from "@/features/search/api/search";
import { placeOf } from "@/features/search/model/place";
import { findSessions } from "@/features/sessions/api/list-sessions";
import { formatAge } from "@/lib/format";
import { Dialog } from "@/ui/dialog";
import styles from "./command-box.module.css";
import { places } from "./places";
import { useTheme } from "./theme-button";

interface Choice {
  id: string;
  label: string;
  hint: string;
  run: () => void;
}

interface Props {
  onClose: () => void;
  onKeys: () => void;
}

export function CommandBox({ onClose, onKeys }: Props) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const query = useDeferredValue(text.trim());
  const navigate = useNavigate();
  const { theme, turn } = useTheme();
  const found = useQuery({ ...findSessions(query), placeholderData: (previous) => previous });

  const said = useQuery({ ...peekSearch(query), placeholderData: (previous) => (query === "" ? undefined : previous) });

  const fixed: Choice[] = [
    ...places.map(({ to, label }) => ({ id: to, label, hint: "page", run: () => void navigate({ to, search: {} }) })),
    { id: "/tags", label: "Tags", hint: "page", run: () => void navigate({ to: "/tags" }) },
    { id: "theme", label: `Change theme (now ${theme})`, hint: "action", run: turn },
    { id: "keys", label: "Show keyboard shortcuts", hint: "action", run: onKeys },
  ];
  const matching = fixed.filter((choice) => choice.label.toLowerCase().includes(text.trim().toLowerCase()));
  const sessions = (found.data?.items ?? []).map(
    (session): Choice => ({
      id: session.id,
      label: session.title,
      hint: `${session.project} · ${formatAge(session.lastAtMs, Date.now())}`,
      run: () => void navigate({ to: "/sessions/$sessionId", params: { sessionId: session.id }, search: {} }),
    }),
  );
  const everywhere: Choice = {
    id: "search",
    label: `Search everything for “${query}”`,
    hint: "search",
    run: () => void navigate({ to: "/search", search: { q: query } }),
  };
  const hits = (query === "" ? [] : (said.data?.groups ?? [])).flatMap(({ session, hits: [hit] }): Choice[] =>
    hit === undefined
      ? []
      : [
          {
            id: `${session.id}-${hit.id}`,
            label: hit.snippet,
            hint: `in ${session.title}`,
            run: () => void navigate({ to: "/sessions/$sessionId", params: { sessionId: session.id }, search: placeOf(hit) }),
          },
        ],
  );
  // With nothing typed the pages come first; a typed word is most often part of a title.
  const choices = query === "" ? [...matching, ...sessions] : [...sessions, ...matching, everywhere, ...hits];
  const current = choices[Math.min(at, choices.length - 1)];
  const choose = (choice: Choice | undefined) => {
    if (choice === undefined) return;
    onClose();
    choice.run();
  };

  return (
    <Dialog label="Go to anything" open titled={false} onClose={onClose}>
      <input
        className={styles.input}
        type="text"
        role="combobox"
        aria-label="Session, page, action or words"
        aria-expanded="true"
        aria-controls="command-choices"
        aria-activedescendant={current === undefined ? undefined : `choice-${current.id}`}
        placeholder="Session, page, action, or words of any session"
        autoComplete="off"
        autoFocus
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (step !== undefined) {
            event.preventDefault();
            setAt((now) => Math.max(0, Math.min(choices.length - 1, now + step)));
          }
          if (event.key === "Enter") choose(current);
        }}
      />
      <ul id="command-choices" role="listbox" aria-label="Choices" className={styles.choices}>
        {choices.map((choice) => (
          <li
            key={choice.id}
            id={`choice-${choice.id}`}
            role="option"
            aria-selected={choice === current}
            className={styles.choice}
            onClick={() => choose(choice)}
          >
            <span className={styles.label}>{choice.label}</span>
            <span className={styles.hint}>{choice.hint}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
