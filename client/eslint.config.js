import { readdirSync } from "node:fs";
import tseslint from "typescript-eslint";

const features = readdirSync(new URL("./src/features", import.meta.url));

/** Forbids imports by alias and by climbing out with a relative path. */
const forbid = (files, group, message) => ({
  files,
  rules: {
    "no-restricted-imports": [
      "error",
      { patterns: [{ group, message }, { group: ["../../../*"], message: "Use @/ to leave a folder." }] },
    ],
  },
});

export default tseslint.config(
  { ignores: ["dist", "dev-dist", "src/api/schema.d.ts", "public"] },
  ...tseslint.configs.recommended,
  {
    files: ["src/**/*.{ts,tsx}"],
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "max-lines": ["error", { max: 300 }],
      "no-console": "error",
      // A rest that leaves a name out has to name it.
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true, argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
  // Zones come from the folder list, so that a new feature is covered the day it appears.
  ...features.map((feature) =>
    forbid(
      [`src/features/${feature}/**/*.{ts,tsx}`],
      ["@/app/**", ...features.filter((other) => other !== feature).map((other) => `@/features/${other}/**`)],
      "A feature imports ui, lib and api only.",
    ),
  ),
  forbid(["src/ui/**/*.{ts,tsx}"], ["@/app/**", "@/features/**", "@/api/**"], "ui knows no feature and fetches nothing."),
  forbid(["src/lib/**/*.ts", "src/api/**/*.ts"], ["@/app/**", "@/features/**", "@/ui/**"], "lib and api stand below features and ui."),
);
