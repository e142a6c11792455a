import { useState } from "react";
import { api, unwrap } from "@/api/client";
import { plural } from "@/lib/format";
import { useNotice } from "@/lib/use-notice";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";

const restore = (id: string) => unwrap(api.POST("/api/sessions/{id}/restore", { params: { path: { id } } }));

/** Puts the session's files back to where its agent looks for them, for instance to resume it. */
export function RestoreButton({ sessionId, wordClass }: { sessionId: string; wordClass: string | undefined }) {
  const [running, setRunning] = useState(false);
  const [notice, notify] = useNotice(6000);
  const run = async () => {
    setRunning(true);
    try {
      notify(`${plural((await restore(sessionId)).files.length, "file")} put back`);
    } catch (error) {
      notify(error instanceof Error ? error.message : "It could not be put back.");
    } finally {
      setRunning(false);
    }
  };
  return (
    <>
      <Button
        icon="restore"
        look="quiet"
        aria-label="Put the files back"
        title="Put the files back to where the agent looks for them"
        disabled={running}
        onClick={() => void run()}
      >
        <span className={wordClass}>{running ? "Putting back…" : "Put back"}</span>
      </Button>
      <Notice>{notice}</Notice>
    </>
  );
}
