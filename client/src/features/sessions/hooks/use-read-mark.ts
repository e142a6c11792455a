import { useEffect, useState } from "react";
import { setMark } from "../api/curation";

/** In milliseconds: who only passes through has not read it, and a busy session need not tell every second. */
const dwellMs = 1000;

/** Says that the session is read while somebody looks at it: the page is open and in sight. */
export function useReadMark(sessionId: string, unread: boolean) {
  const [inSight, setInSight] = useState(() => document.visibilityState === "visible");
  const [kept, keep] = useState(false);
  useEffect(() => {
    const change = () => setInSight(document.visibilityState === "visible");
    document.addEventListener("visibilitychange", change);
    return () => document.removeEventListener("visibilitychange", change);
  }, []);
  useEffect(() => {
    if (!unread || !inSight || kept) return undefined;
    // It stays unread if this fails; the next record or visit tries again.
    const timer = setTimeout(() => void setMark(sessionId, "read", true).catch(() => undefined), dwellMs);
    return () => clearTimeout(timer);
  }, [sessionId, unread, inSight, kept]);
  /** The reader wants it back as unread: until the page is left it stays so. */
  return () => keep(true);
}
