import { expect, test } from "vitest"
import { isReadByDbt, readDbtProject } from "../../../src/core/adopt/read-dbt-project.ts"
import { sameRole } from "../../../src/core/adopt/same-role.ts"

test.each<[project: object, path: string, isRead: boolean]>([
  [{}, "models/a.sql", true],
  [{}, "macros/generate_schema_name.sql", true],
  [{}, "seeds/a.csv", true],
  [{}, "dbt_project.yml", true],
  [{}, "dependencies.yml", true],
  [{}, "profiles.yml", true],
  [{}, "dbt_loom.config.yml", true],
  [{}, ".dbtignore", true],
  [{}, "infra/packages.yml", false],
  [{}, ".github/workflows/ci.yml", false],
  [{}, "README.md", false],
  [{}, "src/models/a.sql", false],
  [{ "model-paths": ["src/models"] }, "src/models/a.sql", true],
  [{ "model-paths": ["src/models"] }, "models/a.sql", false],
  [{ "source-paths": ["./legacy/"] }, "legacy/a.sql", true],
  [{ "data-paths": "data" }, "data/a.csv", true],
  [{ "docs-paths": ["docs"] }, "docs/overview.md", true],
  [{ "model-paths": ["."] }, ".github/workflows/ci.yml", true],
  [{ "model-paths": ["."] }, ".gitignore", false],
  [{ "macro-paths": [1, null] }, "macros/a.sql", false],
])("of a project with %j, dbt reads %s: %s", (project, path, isRead) => {
  expect(isReadByDbt(readDbtProject(project), path)).toBe(isRead)
})

test.each([
  [".github/CODEOWNERS", "CODEOWNERS"],
  ["README.md", "README.rst"],
  ["requirements.txt", "pyproject.toml"],
  [".github/workflows/ci.yml", ".github/workflows/ci.yaml"],
  [".pre-commit-config.yaml", ".pre-commit-config.yml"],
])("what %s is for may be in %s", (path, other) => {
  expect(sameRole(path)).toContain(other)
  expect(sameRole(path)).not.toContain(path)
})

test("most files have no other place", () => {
  expect(sameRole("infra/main.tf")).toEqual([])
})
