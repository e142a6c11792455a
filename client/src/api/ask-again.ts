import type { QueryClient, QueryKey } from "@tanstack/react-query";

/**
 * Asks the server anew after news. An answer that is on its way may be older than the news and would take it back; one that
 * is the first of its query would be waited for in place of asking again. Either is given up.
 */
export async function askAgain(queryClient: QueryClient, queryKey: QueryKey) {
  await queryClient.cancelQueries({ queryKey });
  await queryClient.invalidateQueries({ queryKey });
}
