import { useConnection } from "@/api/use-events";
import { formatAge, formatFull } from "@/lib/format";
import { useNow } from "@/lib/use-now";
import { StateDot } from "@/ui/state-dot";

export function ConnectionBadge() {
  const { state, lastEventAtMs } = useConnection();
  const now = useNow(5000);
  const since = lastEventAtMs === null ? "nothing heard yet" : `last event ${formatAge(lastEventAtMs, now)}`;
  const words = { connecting: "connecting", live: "live", reconnecting: "reconnecting", offline: "offline" }[state];
  const label = state === "live" ? words : `${words}, ${since}`;
  return (
    <span title={lastEventAtMs === null ? since : `last event ${formatFull(lastEventAtMs)}`} role="status">
      <StateDot tone={state === "live" ? "live" : state === "connecting" ? "quiet" : "warn"} label={label} shown />
    </span>
  );
}
