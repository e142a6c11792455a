import { useEffect, useState } from "react";

/** Words that tell what was done and go away by themselves. */
export function useNotice(forMs = 2500) {
  const [notice, setNotice] = useState("");
  useEffect(() => {
    if (notice === "") return undefined;
    const timer = setTimeout(() => setNotice(""), forMs);
    return () => clearTimeout(timer);
  }, [notice, forMs]);
  return [notice, setNotice] as const;
}
