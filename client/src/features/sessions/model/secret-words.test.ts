import { expect, it } from "vitest";
import { secretWords } from "./secret-words";

const secret = (number: number, kind: string) => ({ number, kind, count: 1, items: [] });

it("counts secrets by kind, the most frequent first", () => {
  expect(secretWords(4, [secret(1, "password"), secret(2, "github-token"), secret(3, "github-token")])).toBe(
    "3 secrets in 4 places: 2 github-token, 1 password.",
  );
});

it("says that there are none", () => expect(secretWords(0, [])).toBe("No secrets were found."));
