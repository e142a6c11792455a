import styles from "./icon.module.css";

const paths = {
  board: "M4 5h4v14H4zM10 5h4v9h-4zM16 5h4v6h-4z",
  sessions: "M4 6h16M4 12h16M4 18h10",
  stats: "M4 20h16M6 17v-5M11 17V6M16 17V9",
  insights: "M4 19l5-6 4 3 7-9M15 7h5v5",
  journal: "M6 4h13v16H6zM3.5 8h4M3.5 12h4M3.5 16h4M11 9h5M11 13h3",
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
  pin: "M9 4h6l-1 6 3 3v2H7v-2l3-3zM12 15v5",
  mute: "M7 16v-5a5 5 0 0 1 8.5-3.5M17 12v4M5 16h14M10.5 19.5h3M4 4l16 16",
  snooze: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4.5l3 2",
  eye: "M3 12s3.5-6 9-6 9 6 9 6-3.5 6-9 6-9-6-9-6zM12 10a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  check: "M5 12.5l4.5 4.5L19 7.5",
  dense: "M4 6h16M4 10h16M4 14h16M4 18h16",
  reply: "M9 7l-5 5 5 5M4 12h10a6 6 0 0 1 6 6v1",
  pane: "M4 5h16v14H4zM7 9l3 3-3 3M12.5 15H17",
  add: "M12 5v14M5 12h14",
  play: "M8 5l11 7-11 7z",
  loop: "M5 12a7 7 0 1 1 3 5.7M5 12l-2.5-2.5M5 12l2.8-2.2",
  star: "M12 4l2.5 5.1 5.6.8-4.1 3.9 1 5.6-5-2.6-5 2.6 1-5.6-4.1-3.9 5.6-.8z",
  tag: "M4 4h8l8 8-8 8-8-8zM8 8v.2",
  archive: "M4 5h16v4H4zM6 9v10h12V9M10 13h4",
  note: "M6 4h12v16H6zM9 9h6M9 13h4",
  back: "M15 6l-6 6 6 6",
  export: "M12 15V4M8 8l4-4 4 4M5 13v6h14v-6",
  restore: "M4 4v5h5M4.6 9a8 8 0 1 1-.6 4",
} as const;

export type IconName = keyof typeof paths;

/** Always beside words or inside a labelled control, so it is hidden from readers. */
export const Icon = ({ name, turned = false }: { name: IconName; turned?: boolean }) => (
  <svg className={styles.icon} data-turned={turned || undefined} viewBox="0 0 24 24" aria-hidden="true">
    <path d={paths[name]} />
  </svg>
);
