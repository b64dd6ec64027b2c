import { delimiter } from "node:path"
import { defineConfig } from "vitest/config"
import { duckdbLibraryFolder, meshwright, program } from "./scripts/setup/places.mjs"

/** What tests start, as `npm test` sets it up. */
const tools = {
  MESHWRIGHT_BIN: meshwright,
  DBT1: program("dbt1", "dbt"),
  DBT2: program("dbt2", "dbt"),
  COPIER: program("copier", "copier"),
  CRUFT: program("cruft", "cruft"),
  /** Python with yaml, json5, hcl2 and duckdb. */
  PYTHON: program("dbt1", "python"),
  /** For DBT2 only: LD_LIBRARY_PATH. */
  DBT2_LIBRARY_PATH: [duckdbLibraryFolder, process.env["LD_LIBRARY_PATH"]].filter(Boolean).join(delimiter),
}

/** Who commits in the tests: a bare machine has no git identity, and that of a developer must not matter. */
const identity = {
  GIT_AUTHOR_NAME: "Test",
  GIT_AUTHOR_EMAIL: "test@example.com",
  GIT_COMMITTER_NAME: "Test",
  GIT_COMMITTER_EMAIL: "test@example.com",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
}

const env = { ...tools, ...identity, NO_COLOR: "1" }

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          sequence: { groupOrder: 0 },
          include: ["test/unit/**/*.test.ts"],
          // Properties are tried on thousands of cases.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "contract",
          sequence: { groupOrder: 1 },
          include: ["test/contract/**/*.test.ts"],
          env,
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: "scenarios",
          sequence: { groupOrder: 2 },
          include: ["test/scenarios/**/*.test.ts"],
          env,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "e2e",
          sequence: { groupOrder: 3 },
          include: ["test/e2e/**/*.test.ts"],
          env,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // dbt takes a core for itself.
          maxWorkers: 2,
        },
      },
    ],
  },
})
