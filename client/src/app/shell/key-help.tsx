import { Dialog } from "@/ui/dialog";
import styles from "./key-help.module.css";

const groups: readonly { name: string; keys: readonly (readonly [string, string])[] }[] = [
  {
    name: "Everywhere",
    keys: [
      ["Ctrl K", "go to a session, a page or an action"],
      ["g b", "board"],
      ["g s", "sessions"],
      ["g o", "open loops"],
      ["g /", "search"],
      ["g c", "stats: what was used and spent"],
      ["g i", "insights: what was shipped"],
      ["g j", "journal: what happened on a day"],
      ["g f", "formats"],
      ["g t", "status"],
      ["?", "this list"],
    ],
  },
  {
    name: "Board",
    keys: [
      ["j  k", "next, previous card"],
      ["Enter", "open its session"],
      ["r", "reply"],
      ["1 … 9", "give that answer to what it asks"],
      ["p", "look at its pane"],
      ["t", "pin to the top"],
      ["m", "mute"],
      ["z", "snooze, wake"],
      ["s", "mark as seen"],
      ["e", "explain"],
      ["u", "resume what ended in tmux"],
      ["y", "copy the command that resumes it"],
      ["n", "new agent"],
    ],
  },
  {
    name: "Session list",
    keys: [
      ["j  k", "next, previous"],
      ["Enter", "open"],
      ["/", "filter by title"],
      ["s", "star"],
      ["t", "pin to the top"],
      ["u", "mark as read, as unread"],
      ["e", "archive"],
      ["x", "select; then s, t, u, e and the bar are for all selected"],
      ["Shift x", "select up to here"],
      ["Esc", "clear the selection"],
    ],
  },
  {
    name: "Search",
    keys: [
      ["/", "to the field"],
      ["j  k", "next, previous hit"],
      ["Enter", "open it, unfolded"],
    ],
  },
  {
    name: "Journal",
    keys: [
      ["←  →", "the day before, the day after"],
      ["t", "today"],
    ],
  },
  {
    name: "Stats",
    keys: [
      ["←  →", "in a chart: from bar to bar"],
      ["Enter", "the responses behind the bar"],
      ["Esc", "all bars together"],
    ],
  },
  {
    name: "Session",
    keys: [
      ["j  k", "next, previous item"],
      ["Enter", "unfold or fold"],
      ["[  ]", "previous, next prompt"],
      ["f  or  Ctrl F", "find in this session"],
      ["n  p", "next, previous match"],
      ["o", "outline"],
      ["i", "panel"],
      ["y", "copy a link to the item"],
      ["s", "star"],
      ["l", "title, marks and tags"],
      ["m", "write a note on the item"],
      ["e", "export"],
      ["End", "to the newest"],
    ],
  },
];

export const KeyHelp = ({ onClose }: { onClose: () => void }) => (
  <Dialog label="Keyboard" open onClose={onClose}>
    <div className={styles.groups}>
      {groups.map((group) => (
        <section key={group.name}>
          <h3>{group.name}</h3>
          <dl className={styles.keys}>
            {group.keys.map(([key, does]) => (
              <div key={key} className={styles.pair}>
                <dt>
                  <kbd className={styles.key}>{key}</kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  </Dialog>
);
