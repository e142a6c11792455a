import { useState } from "react";
import { resumeInTmux } from "@/api/resume-session";
import { useNotice } from "@/lib/use-notice";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";

/** Goes on with the session in a tmux window. Where it runs already, the answer says. */
export function ResumeButton({ sessionId, wordClass }: { sessionId: string; wordClass: string | undefined }) {
  const [starting, setStarting] = useState(false);
  const [notice, notify] = useNotice(6000);
  const resume = async () => {
    setStarting(true);
    try {
      notify(`Resumed in tmux, ${(await resumeInTmux(sessionId)).place}`);
    } catch (error) {
      notify(error instanceof Error ? error.message : "It could not be resumed.");
    } finally {
      setStarting(false);
    }
  };
  return (
    <>
      <Button icon="play" look="quiet" aria-label="Resume in tmux" title="Resume in tmux" disabled={starting} onClick={() => void resume()}>
        <span className={wordClass}>{starting ? "Resuming…" : "Resume"}</span>
      </Button>
      <Notice>{notice}</Notice>
    </>
  );
}
