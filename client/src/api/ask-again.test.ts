import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { describe, expect, it, vi } from "vitest";
import { askAgain } from "./ask-again";

const queryKey = ["state"];

/** A server whose answers come when the test says so. */
function open(queryClient: QueryClient) {
  const answers: ((state: string) => void)[] = [];
  const close = new QueryObserver(queryClient, { queryKey, queryFn: () => new Promise<string>((resolve) => answers.push(resolve)) }).subscribe(() => undefined);
  return { answers, close };
}

describe("asking again after news", () => {
  it("takes no answer that began before the news, also not the first", async () => {
    const queryClient = new QueryClient();
    const { answers, close } = open(queryClient);
    await vi.waitFor(() => expect(answers).toHaveLength(1));

    const done = askAgain(queryClient, queryKey);
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    answers[1]?.("new");
    answers[0]?.("old");
    await done;

    expect(queryClient.getQueryData(queryKey)).toBe("new");
    close();
  });

  it("does not lose what was put in meanwhile to an older answer", async () => {
    const queryClient = new QueryClient();
    queryClient.setQueryData(queryKey, "known");
    const { answers, close } = open(queryClient);
    await vi.waitFor(() => expect(answers).toHaveLength(1));

    queryClient.setQueryData(queryKey, "told");
    const done = askAgain(queryClient, queryKey);
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    answers[0]?.("older than what was told");
    expect(queryClient.getQueryData(queryKey)).toBe("told");
    answers[1]?.("as it is");
    await done;

    expect(queryClient.getQueryData(queryKey)).toBe("as it is");
    close();
  });
});
