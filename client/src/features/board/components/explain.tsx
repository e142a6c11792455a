import { useQuery, useQueryClient } from "@tanstack/react-query";
import { askAgain } from "@/api/ask-again";
import { useServerEvents } from "@/api/use-events";
import { formatAge, formatFull } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import { DataTable } from "@/ui/data-table";
import { Dialog } from "@/ui/dialog";
import { ErrorFace } from "@/ui/face";
import { Skeleton } from "@/ui/skeleton";
import { getCard } from "../api/get-board";
import { claimOf, sourceWords, stateOf, verdictOf } from "../model/words";
import styles from "./explain.module.css";

/** Why a card says what it says: the last word of each source, the deciding one first. */
export const Explain = ({ id, onClose }: { id: string; onClose: () => void }) => (
  <Dialog label="Why it says so" open onClose={onClose}>
    <div className={styles.inside}>
      <Evidence id={id} />
    </div>
  </Dialog>
);

function Evidence({ id }: { id: string }) {
  const queryClient = useQueryClient();
  const now = useNow(1000);
  const found = useQuery(getCard(id));
  useServerEvents((event) => {
    if (event.type === "card" && event.data.id === id) void askAgain(queryClient, getCard(id).queryKey);
  });
  if (found.isPending) return <Skeleton label="Loading the evidence" rows={4} size="line" />;
  if (found.isError) return <ErrorFace title="The evidence could not be loaded" error={found.error} onRetry={() => void found.refetch()} />;
  const { card, explain, disagreeSinceMs } = found.data;
  const facts = [
    ["Folder", card.cwd],
    ["Pane", card.pane],
    ["Process", card.pid],
  ].filter(([, value]) => value !== null);
  return (
    <>
      <p>
        <strong>{stateOf(card).word}</strong> since {formatFull(card.sinceMs)}: {verdictOf(card)}.
      </p>
      {card.detail !== null && <p className={styles.detail}>{card.detail}</p>}
      {disagreeSinceMs !== null && <p className={styles.soft}>Sources contradict each other since {formatFull(disagreeSinceMs)}.</p>}
      {explain.length === 0 ? (
        <p className={styles.soft}>No source has said anything yet.</p>
      ) : (
        <DataTable
          label="Evidence"
          columns={[{ label: "Source" }, { label: "Says" }, { label: "Words" }, { label: "Age", number: true }, { label: "Weight" }]}
          rows={explain.map((evidence) => ({
            key: evidence.source,
            cells: [
              sourceWords[evidence.source],
              claimOf(evidence),
              evidence.detail ?? "–",
              <time key="age" title={formatFull(evidence.atMs)}>{formatAge(evidence.atMs, now)}</time>,
              evidence.decided ? "decides" : evidence.fresh ? "counts" : "too old",
            ],
          }))}
        />
      )}
      {facts.length > 0 && (
        <dl className={styles.facts}>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
