import { useQuery } from "@tanstack/react-query";
import { ErrorFace, Face } from "@/ui/face";
import { Skeleton } from "@/ui/skeleton";
import { getFiles } from "../api/get-session";
import { useViewer } from "../hooks/viewer-context";
import styles from "./panel.module.css";

export function FilesTab({ onPicked }: { onPicked: () => void }) {
  const viewer = useViewer();
  const files = useQuery(getFiles(viewer.sessionId));
  if (files.isPending) return <Skeleton label="Loading files" rows={5} size="line" />;
  if (files.isError) return <ErrorFace title="No files" error={files.error} onRetry={() => void files.refetch()} />;
  if (files.data.length === 0) return <Face title="No file was changed">Files appear here when the agent edits them.</Face>;
  return (
    <ul className={styles.rows}>
      {files.data.map((file) => {
        const at = Math.max(file.path.lastIndexOf("/"), file.path.lastIndexOf("\\"));
        const latest = file.items.at(-1);
        return (
          <li key={file.path}>
            <button
              type="button"
              className={styles.row}
              title={file.path}
              disabled={latest === undefined}
              onClick={() => {
                if (latest !== undefined) viewer.jump(latest, true);
                onPicked();
              }}
            >
              <span className={styles.main}>
                <span className={styles.name}>{file.path.slice(at + 1)}</span>
                <span className={styles.sub}>{file.path.slice(0, Math.max(0, at))}</span>
              </span>
              <span className={styles.numbers}>
                <span className={styles.added}>+{file.added}</span> −{file.removed}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
