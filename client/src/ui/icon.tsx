import styles from "./icon.module.css";

const paths = {
  sessions: "M4 6h16M4 12h16M4 18h10",
  formats: "M4 5h7v6H4zM13 5h7v6h-7zM4 13h7v6H4zM16.5 13v6M13.5 16h6",
  status: "M3 12h4l3-7 4 14 3-7h4",
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l4.5 4.5",
  theme: "M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16",
  chevron: "M9 6l6 6-6 6",
  link: "M10 14l4-4M8 11l-2 2a3.5 3.5 0 0 0 5 5l2-2M16 13l2-2a3.5 3.5 0 0 0-5-5l-2 2",
  outline: "M4 6h3M10 6h10M4 12h3M10 12h7M4 18h3M10 18h9",
  panel: "M4 5h16v14H4zM14 5v14",
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 9h10v10H9zM5 15V5h10",
  down: "M12 5v14M6 13l6 6 6-6",
  up: "M12 19V5M6 11l6-6 6 6",
  filter: "M4 6h16l-6 7v5l-4 2v-7z",
  help: "M9.2 9.2a2.9 2.9 0 1 1 4.1 2.7c-.9.4-1.3 1-1.3 2M12 17.6v.2",
  back: "M15 6l-6 6 6 6",
} as const;

export type IconName = keyof typeof paths;

/** Always beside words or inside a labelled control, so it is hidden from readers. */
export const Icon = ({ name, turned = false }: { name: IconName; turned?: boolean }) => (
  <svg className={styles.icon} data-turned={turned || undefined} viewBox="0 0 24 24" aria-hidden="true">
    <path d={paths[name]} />
  </svg>
);
