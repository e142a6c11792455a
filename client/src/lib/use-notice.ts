import { useEffect, useState } from "react";

/** Words that tell what was done and go away by themselves. */
export function useNotice() {
  const [notice, setNotice] = useState("");
  useEffect(() => {
    if (notice === "") return undefined;
    const timer = setTimeout(() => setNotice(""), 2500);
    return () => clearTimeout(timer);
  }, [notice]);
  return [notice, setNotice] as const;
}
