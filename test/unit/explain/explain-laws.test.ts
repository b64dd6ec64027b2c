import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { explainText } from "../../../src/core/explain/explain-text.ts"
import { NO_SECRETS } from "../../../src/core/explain/show-part.ts"
import { relPathOf } from "../../../src/core/model/path.ts"
import { merge } from "../merge/build.ts"
import { edit, edits, files, printJson, printYaml, type File } from "../merge/structured.ts"
import { tries } from "../property.ts"

const STYLE = { unit: 2, seqOffset: 2, comments: false, blanks: true }

function explain(path: string, base: string, ours: string, theirs: string, result: string) {
  return explainText(relPathOf(path), { base, ours, theirs, result }, NO_SECRETS)
}

function editAll(file: File, changes: readonly (readonly number[])[], side: string): File {
  return changes.reduce<File>((result, change) => edit(result, change, side) as File, file)
}

/** Lines that make files of a format, and some that make none. */
const LINES: Readonly<Record<string, readonly string[]>> = {
  "main.tf": ['resource "a" "b" {', "}", "x = 1", "x = 2", "y = [1, 2]", "# why", "", "tags = {", "locals {"],
  "pyproject.toml": ["[a.b]", "[c]", "x = 1", "x = 2", 'y = ["a", "b"]', "[[d]]", 'name = "e"', "# why", ""],
  ".sqlfluff": ["[a]", "[b:c]", "x = 1", "x = 2", "y = a, b", "    more", "; why", ""],
  CODEOWNERS: ["* @a", "* @b", "/docs/ @a @b", "[Section] @c", "# why", ""],
  ".gitignore": ["target/", "!target/keep", "*.log", "# why", ""],
  "requirements.txt": ["dbt-core==1.8", "dbt-core==1.9", "ruff", "-r other.txt", "# why", ""],
  "README.md": ["# A", "## B", "## C", "text", "more", "```", ""],
  "macros/x.sql": ["{% macro a() %}", "{% macro b() %}", "{% endmacro %}", "select 1", "-- why", ""],
  "x.txt": ["1", "2", "3", "4", ""],
  "x.yml": ["a: 1", "a: 2", "b:", "  c: 1", "  - d", "- e", "# why", "---", "{{ x }}", ""],
  "x.json": ["{", "}", '"a": 1,', '"b": [1, 2]', "[", "]", "// why"],
}

describe.each(Object.entries(LINES))("%s", (path, lines) => {
  const text = fc
    .array(fc.constantFrom(...lines), { maxLength: 12 })
    .map((all) => all.map((line) => `${line}\n`).join(""))

  it("tells of whoever changed something, and of nobody else", () => {
    fc.assert(
      fc.property(text, text, (base, other) => {
        const byTheirs = explain(path, base, base, other, other)
        expect(byTheirs.merged.every(({ from }) => from === "theirs")).toBe(true)
        expect(byTheirs.merged.length > 0).toBe(base !== other)
        expect(byTheirs.yours).toEqual([])
        const byOurs = explain(path, base, other, base, other)
        expect(byOurs.merged).toEqual([])
        expect(byOurs.yours.length > 0).toBe(base !== other)
        expect(explain(path, base, other, other, other).merged.every(({ from }) => from === "both")).toBe(true)
      }),
      tries(80),
    )
  })

  it("tells something of any merge, always the same", () => {
    fc.assert(
      fc.property(text, text, text, (base, ours, theirs) => {
        const result = merge(base, ours, theirs, "ours", path).text
        const told = explain(path, base, ours, theirs, result)
        expect(explain(path, base, ours, theirs, result)).toEqual(told)
        expect(told.merged.length > 0).toBe(base !== theirs)
        for (const { old, new: now } of told.merged)
          for (const value of [old, now]) expect(value ?? "").not.toContain("\n")
      }),
      tries(80),
    )
  })
})

describe.each([
  ["models/schema.yml", printYaml],
  ["settings.json", printJson],
] as const)("%s", (path, print) => {
  it("a clean merge goes without nothing of the template's but what the team removed", () => {
    fc.assert(
      fc.property(files, edits, edits, (file, left, right) => {
        const [base, ours, theirs] = [file, editAll(file, left, "us"), editAll(file, right, "them")].map((each) =>
          print(each, STYLE),
        )
        const merged = merge(base!, ours!, theirs!, "inline", path)
        if (merged.kind !== "clean") return
        const told = explain(path, base!, ours!, theirs!, merged.text).merged
        expect(
          told.filter((place) => place.from === "ours" && place.ours !== undefined && place.why === undefined),
        ).toEqual([])
      }),
      tries(150),
    )
  })
})
