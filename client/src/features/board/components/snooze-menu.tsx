import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { snoozes, type Snooze } from "../model/actions";
import styles from "./snooze-menu.module.css";

interface Props {
  onChoose: (snooze: Snooze) => void;
  onClose: () => void;
}

export const SnoozeMenu = ({ onChoose, onClose }: Props) => (
  <Dialog label="Snooze" open onClose={onClose}>
    <div className={styles.inside}>
      <p className={styles.soft}>Out of sight, and it calls for nobody, for so long or until its state changes, whichever comes first.</p>
      <div className={styles.choices}>
        {snoozes.map((snooze, index) => (
          <Button key={snooze.label} autoFocus={index === 0} onClick={() => onChoose(snooze)}>{snooze.label}</Button>
        ))}
      </div>
    </div>
  </Dialog>
);
