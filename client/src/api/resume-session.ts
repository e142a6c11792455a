import { api, unwrap } from "./client";

/** Goes on with a session in a new tmux window. The answer names where. */
export const resumeInTmux = (id: string) => unwrap(api.POST("/api/board/sessions/{id}/resume", { params: { path: { id } } }));
