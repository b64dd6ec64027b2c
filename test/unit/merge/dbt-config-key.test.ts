import { expect, it } from "vitest"
import { merge } from "./build.ts"

const project = (...lines: readonly string[]): string =>
  ["name: sales", "models:", "  sales:", "    +group: sales", ...lines.map((line) => `    ${line}`), ""].join("\n")
const folder = (...lines: readonly string[]): readonly string[] => ["staging:", ...lines.map((line) => `  ${line}`)]

/** To dbt a config with and without its plus is one, and of two in one place only one counts. */
it.each([
  [
    "both added it, and say different things",
    [project(), project(...folder("materialized: ephemeral")), project(...folder("+materialized: view"))],
    "conflict",
    undefined,
  ],
  [
    "both added it, and say the same",
    [project(), project(...folder("materialized: view")), project(...folder("+materialized: view"))],
    "clean",
    project(...folder("materialized: view")),
  ],
  [
    "the team took the plus away, the template changed the value",
    [
      project(...folder("+materialized: view")),
      project(...folder("materialized: view # ours")),
      project(...folder("+materialized: table")),
    ],
    "clean",
    project(...folder("materialized: table # ours")),
  ],
  [
    "the template wrote the plus, the team changed the value",
    [
      project(...folder("materialized: view")),
      project(...folder("materialized: table")),
      project(...folder("+materialized: view")),
    ],
    "clean",
    project(...folder("+materialized: table")),
  ],
  [
    "a folder of the name of a config is another thing",
    [project("+tags: [a]"), project("+tags: [a]", "tags:", "  +enabled: false"), project("+tags: [a, b]")],
    "clean",
    project("+tags: [a, b]", "tags:", "  +enabled: false"),
  ],
] as const)("%s", (_, [base, ours, theirs], kind, text) => {
  const merged = merge(base, ours, theirs, "inline", "dbt_project.yml")
  expect(merged.kind).toBe(kind)
  if (text !== undefined) expect(merged.text).toBe(text)
})
