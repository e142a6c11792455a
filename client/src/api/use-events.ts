import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { events, type ServerEvent } from "./events";

export const useConnection = () => useSyncExternalStore(events.watch, events.connection);

export function useServerEvents(listener: (event: ServerEvent) => void) {
  const receive = useEffectEvent(listener);
  useEffect(() => events.listen((event) => receive(event)), []);
}

/** Follows a topic while mounted; `topic` is asked anew whenever the stream is opened. */
export function useTopic(key: string | null, topic: () => string) {
  const current = useEffectEvent(topic);
  useEffect(() => (key === null ? undefined : events.follow(key, () => current())), [key]);
}
