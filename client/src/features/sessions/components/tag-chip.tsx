import { useQuery } from "@tanstack/react-query";
import { listTags } from "../api/curation";
import styles from "./tag-chip.module.css";

/** A tag in its colour, which the name says as well. */
export function TagChip({ name }: { name: string }) {
  const tags = useQuery(listTags());
  const color = tags.data?.find((tag) => tag.name === name)?.color ?? "gray";
  return (
    <span className={styles.chip} data-color={color}>
      {name}
    </span>
  );
}
