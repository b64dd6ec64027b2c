import { describe, expect, it } from "vitest"
import { merge } from "./build.ts"

/** Files that the team and the template both added, with what they make together; null for a conflict. */
const FILES: Readonly<Record<string, readonly [path: string, ours: string, theirs: string, result: string | null]>> = {
  "settings of TOML": [
    "pyproject.toml",
    '[project]\nname = "x"\n\n[tool.ruff]\nline-length = 100\n',
    '[project]\nname = "x"\nversion = "1"\n\n[tool.sqlfmt]\nx = 1\n',
    '[project]\nname = "x"\nversion = "1"\n\n[tool.sqlfmt]\nx = 1\n\n[tool.ruff]\nline-length = 100\n',
  ],
  "packages in TOML": [
    "pyproject.toml",
    '[project]\ndependencies = ["dbt-core>=1.9", "ours"]\n',
    '[project]\ndependencies = [\n  "dbt-core>=1.9",\n  "theirs==1",\n]\n',
    '[project]\ndependencies = ["dbt-core>=1.9", "ours", "theirs==1"]\n',
  ],
  "packages in TOML, a line each": [
    "pyproject.toml",
    '[project]\ndependencies = [\n  "dbt-core>=1.9",\n  "ours",\n]\n',
    '[project]\ndependencies = ["dbt-core>=1.9", "theirs==1"]\n',
    '[project]\ndependencies = [\n  "dbt-core>=1.9",\n  "theirs==1",\n  "ours",\n]\n',
  ],
  "another version in TOML": ["pyproject.toml", 'requires = ["a==1", "b"]\n', 'requires = ["a==2", "c"]\n', null],
  "a list of values in TOML": ["pyproject.toml", 'select = ["A", "B"]\n', 'select = ["A", "C"]\n', null],
  "another value in TOML": ["pyproject.toml", 'a = 1\nb = 1\nc = "us"\n', "a = 1\nb = 2\nd = 1\n", null],
  "sections of INI": [
    ".sqlfluff",
    "[sqlfluff]\ndialect = duckdb\n\n[sqlfluff:rules]\nx = 1\n",
    "[sqlfluff]\ndialect = duckdb\ntemplater = dbt\n",
    "[sqlfluff]\ndialect = duckdb\ntemplater = dbt\n\n[sqlfluff:rules]\nx = 1\n",
  ],
  "another value in INI": [".sqlfluff", "[sqlfluff]\ndialect = duckdb\n", "[sqlfluff]\ndialect = postgres\n", null],
  "blocks of HCL": [
    "infra/main.tf",
    'resource "a" "ours" {\n  x = 1\n}\n\nresource "a" "both" {\n  x = 1\n}\n',
    'resource "a" "both" {\n  x = 1\n  y = 2\n}\n\nresource "a" "theirs" {\n  x = 1\n}\n',
    'resource "a" "ours" {\n  x = 1\n}\n\nresource "a" "both" {\n  x = 1\n  y = 2\n}\n\nresource "a" "theirs" {\n  x = 1\n}\n',
  ],
  "another value in HCL": ["infra/main.tf", 'a "b" {\n  x = 1\n}\n', 'a "b" {\n  x = 2\n}\n', null],
  "patterns to ignore": [".gitignore", "target/\nours/\n", "target/\ntheirs/\n", "target/\ntheirs/\nours/\n"],
  "nothing in common": [".gitignore", "ours/\n!ours/x\n", "theirs/\n", "theirs/\nours/\n!ours/x\n"],
  "a rule of theirs for all": [
    "CODEOWNERS",
    "/models/ @acme/sales\n",
    "* @acme/platform\n",
    "* @acme/platform\n/models/ @acme/sales\n",
  ],
  "other owners of the same": ["CODEOWNERS", "* @acme/sales\n", "* @acme/platform\n", null],
  packages: ["requirements.txt", "dbt-core\nours\n", "dbt-core\ntheirs\n", "dbt-core\ntheirs\nours\n"],
  "another version": ["requirements.txt", "dbt-core==1.9\nours\n", "dbt-core==1.8\ntheirs\n", null],
  "keys of YAML": ["x.yml", "a: 1\nours: 1\n", "a: 1\ntheirs: 1\n", "a: 1\nours: 1\ntheirs: 1\n"],
  "keys of JSON": ["x.json", '{"a": 1, "o": 1}\n', '{"a": 1, "t": 1}\n', '{"a": 1, "o": 1, "t": 1}\n'],
  prose: ["README.md", "# Ours\n\nText.\n", "# Theirs\n\nText.\n", null],
  code: ["macros/x.sql", "select 1\n", "select 2\n", null],
}

describe("a file that both added", () => {
  it.each(Object.entries(FILES))("%s", (_, [path, ours, theirs, result]) => {
    const merged = merge(null, ours, theirs, "inline", path)
    expect(merged.kind === "clean" ? merged.text : null).toBe(result)
    for (const word of ours.match(/[^\s"{},]+/g)!) expect(merged.text).toContain(word)
    expect(merged.text).not.toContain("|||||||")
    expect(merge(null, ours, ours, "inline", path).text).toBe(ours)
  })
})
