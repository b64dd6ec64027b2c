import { describe, expect, test } from "vitest"
import { comparePlaces } from "../../../src/core/locked/compare-places.ts"
import { partsOf } from "../../../src/core/locked/deviations.ts"
import { parseKeyPattern } from "../../../src/core/locked/key-pattern.ts"
import type { RelPath } from "../../../src/core/model/path.ts"

/** Each deviation as `place: found ← expected (line)`. */
function compare(path: string, keys: readonly string[], expected: string, found: string): readonly string[] {
  const [should, is] = [expected, found].map((text) => partsOf(path as RelPath, Buffer.from(text)))
  const patterns = keys.map(parseKeyPattern)
  const isLocked = (steps: readonly string[], own: ReadonlySet<number>): boolean =>
    patterns.some(({ covers }) => covers(steps, own))
  return comparePlaces(should!, is!, { isLocked }).map(
    ({ at, expected: a, found: b, line }) => `${at}: ${b?.canon ?? "-"} ← ${a?.canon ?? "-"} (${line})`,
  )
}

describe("locked places that differ", () => {
  test.each<[string, string, string[], string, string, string[]]>([
    ["a value", "a.yml", ["x"], "x: 1\ny: 1\n", "y: 2\nx: 2\n", ["x: p:2 ← p:1 (2)"]],
    ["not its layout and comments", "a.yml", ["x"], "x:\n  - a\n  - b\n", 'x: [a, "b"] # ours\n', []],
    ["not where a key of this name is elsewhere", "a.yml", ["x"], "a: {x: 1}\n", "a: {x: 2}\n", []],
    [
      "below a locked key, as deep as can be",
      "a.yml",
      ["f"],
      "f: {a: {b: 1, c: 2}}\n",
      "f: {a: {b: 1, c: 3}}\n",
      ["f.a.c: p:3 ← p:2 (1)"],
    ],
    [
      "a key that is gone, told where it should be",
      "a.yml",
      ["f.a"],
      "f:\n  a: 1\n  b: 1\n",
      "z: 1\nf:\n  b: 1\n",
      ["f.a: - ← p:1 (2)"],
    ],
    [
      "a key that is gone with what is around it",
      "a.yml",
      ["f.a"],
      "f: {a: 1, b: 1}\n",
      "z: 1\n",
      ["f.a: - ← p:1 (undefined)"],
    ],
    [
      "a key that is too much",
      "a.yml",
      ["**.+access"],
      "m: {+access: x}\n",
      "m:\n  +access: x\n  s:\n    +access: y\n",
      ["m.s.+access: p:y ← - (4)"],
    ],
    ["a map that became a value", "a.yml", ["f.a"], "f: {a: 1}\n", "f: 1\n", ["f.a: - ← p:1 (1)"]],
    [
      "items of a list by name",
      "packages.yml",
      ["packages[package=a/b].version"],
      "packages:\n  - package: a/b\n    version: 1.0.0\n",
      "packages:\n  - package: c/d\n    version: 1.0.0\n  - package: a/b\n    version: 2.0.0\n",
      ["packages[package=a/b].version: s:2.0.0 ← s:1.0.0 (5)"],
    ],
    ["the order of a locked list", "a.yml", ["x"], "x: [a, b]\n", "x: [b, a]\n", ["x: [s:b,s:a,] ← [s:a,s:b,] (1)"]],
    [
      "any item that is expected, not the team's own; a named one is meant in any case",
      "packages.yml",
      ["packages[*].version", "packages[package=x/y].version"],
      "packages:\n  - package: a/b\n    version: 1.0.0\n",
      "packages:\n  - package: c/d\n    version: 3.0.0\n  - package: x/y\n    version: 1.0.0\n  - package: a/b\n    version: 2.0.0\n",
      ["packages[package=a/b].version: s:2.0.0 ← s:1.0.0 (7)", "packages[package=x/y].version: s:1.0.0 ← - (5)"],
    ],
    [
      "items without names by their order",
      "a.yml",
      ["x[*].a"],
      "x: [{a: 1, b: 1}]\n",
      "x: [{a: 2, b: 2}]\n",
      ["x[0].a: p:2 ← p:1 (1)"],
    ],
    ["JSON", "a.json", ["a.b"], '{"a": {"b": 1}}\n', '{"a":\n {"b": 2, "c": 1}}\n', ["a.b: p:2 ← p:1 (2)"]],
    [
      "TOML, in tables too",
      "pyproject.toml",
      ["tool.ruff"],
      "[tool.ruff]\nx = 1\n[tool.ruff.lint]\ny = 1\n",
      "[tool.ruff]\nx = 1\n[tool.ruff.lint]\ny = 2\n[tool.x]\nz = 1\n",
      ["tool.ruff.lint.y: 2 ← 1 (4)"],
    ],
    [
      "INI, with brackets or without",
      ".sqlfluff",
      ["sqlfluff.dialect", "[sqlfluff:rules].max"],
      "[sqlfluff]\ndialect = duckdb\n[sqlfluff:rules]\nmax = 1\n",
      "[sqlfluff]\ndialect = ansi\n[sqlfluff:rules]\nmax = 2\n",
      ["[sqlfluff].dialect: [ansi] ← [duckdb] (2)", "[sqlfluff:rules].max: [2] ← [1] (4)"],
    ],
    [
      "HCL",
      "main.tf",
      ["terraform.required_version", 'module "a".source'],
      'terraform {\n  required_version = ">= 1"\n}\nmodule "a" {\n  source = "./x"\n}\n',
      'terraform {\n  required_version = ">= 2"\n}\nmodule "a" {\n  source = "./y"\n}\n',
      ['terraform.required_version: ">= 2" ← ">= 1" (2)', 'module "a".source: "./y" ← "./x" (5)'],
    ],
  ])("%s", (_, path, keys, expected, found, told) => {
    expect(compare(path, keys, expected, found)).toEqual(told)
    expect(compare(path, keys, expected, expected)).toEqual([])
  })
})
