import { Link } from "@tanstack/react-router";
import { Button } from "@/ui/button";
import { Face } from "@/ui/face";
import { laneOrder } from "../model/lanes";
import { laneWords } from "../model/words";
import { CardPlace } from "./card";
import styles from "./board-faces.module.css";

export const NoCards = ({ onNew }: { onNew: () => void }) => (
  <Face title="No agent runs here" action={
    <div className={styles.ways}>
      <Button icon="add" look="main" onClick={onNew}>New agent</Button>
      <Link to="/sessions" search={{}} className={styles.link}>Look at past sessions</Link>
    </div>
  }>
    <p>Start one here, or start it in tmux and it appears by itself.</p>
    <p>
      <code className={styles.code}>./muse hook install</code> lets Claude Code and Codex tell Muse at once when they need you.
    </p>
  </Face>
);

/** Lanes in the final shape while the cards are on their way. */
export const BoardSkeleton = () => (
  <div className={styles.skeleton} role="status">
    <span className="visually-hidden">Loading the board</span>
    {laneOrder.slice(0, 3).map((name) => (
      <div key={name} aria-hidden="true">
        <p className={styles.name}>{laneWords[name]}</p>
        <ul className={styles.cards}>
          <CardPlace />
          <CardPlace />
        </ul>
      </div>
    ))}
  </div>
);
