import { describe, expect, test } from "vitest"
import { restoreContent } from "../../../src/core/locked/restore-content.ts"
import { sha256 } from "../../../src/core/hash.ts"
import type { RelPath } from "../../../src/core/model/path.ts"
import type { LockException } from "../../../src/core/model/exception.ts"

function restore(
  path: string,
  keys: readonly string[] | undefined,
  theirs: string,
  ours: string,
  excepted: readonly string[] = [],
): string | undefined {
  const file = (text: string) => ({ mode: "644" as const, bytes: Buffer.from(text) })
  const exceptions = excepted.map((key): LockException => ({
    path,
    key,
    reason: "r",
    approved_by: "a",
    until: "2027-01-01",
  }))
  const expected = { ...file(theirs), sha256: sha256(theirs), policy: "merge" as const, origin: path }
  const rules = [keys === undefined ? {} : { keys }]
  const result = restoreContent({ path: path as RelPath, rules, expected, ours: file(ours), exceptions }, file(theirs))
  return result && Buffer.from(result.bytes).toString("utf8")
}

const T = `# Settings
name: sales # theirs

models:
  +access: protected
  sales:
    +materialized: view

# Flags of dbt.
flags:
  a: 1
  b: [x, y]
vars: {start: 1, end: 2}
repos:
  - repo: r1
    rev: v1
  - repo: r2
    rev: v2
`

describe("locked places are put back, and nothing else is touched", () => {
  test.each<[string, string, string[] | undefined, string, string, string]>([
    [
      "a value, its comment stays",
      "a.yml",
      ["models.+access"],
      T,
      T.replace("protected", "public # why").replace("view", "table"),
      T.replace("protected", "protected # why").replace("view", "table"),
    ],
    [
      "a key that is gone",
      "a.yml",
      ["flags"],
      T,
      T.replace("  a: 1\n", "").replace("sales #", "ours #"),
      T.replace("sales #", "ours #"),
    ],
    ["a key too many, with its comment", "a.yml", ["flags"], T, T.replace("  b:", "  # mine\n  c: 1\n  b:"), T],
    [
      "in braces",
      "a.yml",
      ["vars.start"],
      T,
      T.replace("{start: 1, end: 2}", "{ end: 3, start: 5 } # ours"),
      T.replace("{start: 1, end: 2}", "{ end: 3, start: 1 } # ours"),
    ],
    [
      "missing in braces",
      "a.yml",
      ["vars.start"],
      T,
      T.replace("{start: 1, end: 2}", "{end: 3}"),
      T.replace("end: 2", "end: 3"),
    ],
    ["too many in braces", "a.yml", ["vars.mine"], T, T.replace("end: 2", "end: 2, mine: 1"), T],
    [
      "a block that is gone comes back as the template has it",
      "a.yml",
      ["flags.a"],
      T,
      T.replace(/\n# Flags[^]*y\]\n/, ""),
      T,
    ],
    [
      "one that is too deep in what the template has not",
      "a.yml",
      ["models.**.+access"],
      T,
      T.replace("view\n", "view\n    marts:\n      +access: public\n      +x: 1\n"),
      T.replace("view\n", "view\n    marts:\n      +x: 1\n"),
    ],
    [
      "one that leaves nothing",
      "a.yml",
      ["models.**.+access"],
      T,
      T.replace("view\n", "view\n    marts:\n      +access: public\n"),
      T.replace("view\n", "view\n    marts: {}\n"),
    ],
    ["a list in another order", "a.yml", ["flags.b"], T, T.replace("[x, y]", "\n  - y # second\n  - x"), T],
    [
      "an item of a list",
      ".pre-commit-config.yaml",
      ["repos[repo=r1].rev"],
      T,
      T.replace("v1", "v9").replace("  - repo: r1", "  - repo: r0\n    rev: v0\n  - repo: r1"),
      T.replace("  - repo: r1", "  - repo: r0\n    rev: v0\n  - repo: r1"),
    ],
    [
      "an item too many and one that is gone",
      "a.yml",
      ["repos"],
      T,
      T.replace("  - repo: r1\n    rev: v1\n", "  - repo: r0\n    rev: v0\n"),
      T,
    ],
    ["a map that became a value", "a.yml", ["flags"], T, T.replace("flags:\n  a: 1\n  b: [x, y]\n", "flags: 1\n"), T],
    [
      "Windows line ends stay",
      "a.yml",
      ["flags.a"],
      T,
      T.replace("a: 1", "a: 2").replaceAll("\n", "\r\n"),
      T.replaceAll("\n", "\r\n"),
    ],
    [
      "JSON",
      "a.json",
      ["a.b", "c"],
      '{\n  "a": { "b": 1 },\n  "c": [1, 2]\n}\n',
      '{\n  "mine": 1,\n  "a": {"x": 1, "b": 2}\n}\n',
      '{\n  "mine": 1,\n  "a": {"x": 1, "b": 1},\n  "c": [1, 2]\n}\n',
    ],
    [
      "TOML",
      "pyproject.toml",
      ["tool.ruff"],
      '[project]\nname = "a"\n\n[tool.ruff]\nline-length = 100\nselect = ["a", "b"]\n\n[tool.ruff.lint]\ny = 1\n',
      '# ours\n[project]\nname = "b"\n\n[tool.ruff]\nselect = ["a", "c"] # mine\nextra = 1\n',
      '# ours\n[project]\nname = "b"\n\n[tool.ruff]\nline-length = 100\nselect = ["a", "b"] # mine\n\n[tool.ruff.lint]\ny = 1\n',
    ],
    [
      "INI",
      ".sqlfluff",
      ["sqlfluff.dialect"],
      "[sqlfluff]\ndialect = duckdb\nmax = 80\n",
      "[sqlfluff]\nmax = 120\n; ours\ndialect = ansi\n",
      "[sqlfluff]\nmax = 120\n; ours\ndialect = duckdb\n",
    ],
    [
      "HCL",
      "main.tf",
      ["terraform.required_version", "terraform.required_providers.aws.version"],
      'terraform {\n  required_version = ">= 1"\n  required_providers {\n    aws = { source = "x", version = "1" }\n  }\n}\n',
      'terraform {\n  required_providers {\n    aws = { source = "mine", version = "2" }\n  }\n}\nmodule "x" {}\n',
      'terraform {\n  required_version = ">= 1"\n  required_providers {\n    aws = { source = "mine", version = "1" }\n  }\n}\nmodule "x" {}\n',
    ],
    ["a whole file", "a.sql", undefined, "select 1\n", "select 2\n", "select 1\n"],
  ])("%s", (_, path, keys, theirs, ours, result) => {
    expect(restore(path, keys, theirs, ours)).toBe(result)
    expect(restore(path, keys, theirs, result)).toBeUndefined()
  })

  test("what is excepted stays, in a locked file too", () => {
    const ours = T.replace("a: 1", "a: 2").replace("x, y", "z").replace("sales #", "ours #")
    expect(restore("a.yml", ["flags"], T, ours, ["flags.a"])).toBe(ours.replace("[z]", "[x, y]"))
    expect(restore("a.yml", undefined, T, ours, ["flags.a"])).toBe(T.replace("a: 1", "a: 2"))
    expect(restore("a.yml", ["flags"], T, ours, ["flags"])).toBeUndefined()
  })

  test("what cannot be read is left alone", () => {
    expect(restore("a.json", ["flags"], '{"flags": 1}\n', '{"flags": ')).toBeUndefined()
  })
})
