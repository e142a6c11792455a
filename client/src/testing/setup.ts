import { afterEach } from "vitest";

// Most tests need no page, and making one takes longer than running them.
afterEach(async () => {
  if (typeof document !== "undefined") (await import("@testing-library/react")).cleanup();
});
