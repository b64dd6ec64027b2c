import { expect, test } from "vitest"
import { uniteIgnore } from "../../../src/core/adopt/unite-ignore.ts"

const THEIRS =
  "# dbt\ntarget/\nlogs/\n# rewritten by dbt\npackage-lock.yml\n\n# Python\n.venv/\n__pycache__/\n\n# Secrets\n.env\n"

const text = (ours: string, theirs = THEIRS, tracked: readonly string[] = []): string =>
  uniteIgnore(ours, theirs, tracked).text

test("what is missing is one block at the end, with the comments that are about it", () => {
  const ours = ".venv\nenv\n.env\n\n# tools\n__pycache__\ntarget"
  expect(text(ours)).toBe(`${ours}\n\n# dbt\nlogs/\n# rewritten by dbt\npackage-lock.yml\n`)
})

test.each([".venv", "/.venv", ".venv/", ".venv/*", "**/.venv", "!.venv"])(
  "%s is about the same as .venv/",
  (pattern) => {
    expect(text(`${pattern}\n`, ".venv/\n")).toBe(`${pattern}\n`)
  },
)

test("the team's exceptions still win", () => {
  expect(text("a\n\n# but\n!logs.txt\nb\n", "*.log\n")).toBe("a\n\n*.log\n\n# but\n!logs.txt\nb\n")
  // git does not look into a folder that is ignored, whatever is said below.
  const { text: kept, leftOut } = uniteIgnore("!target/manifest.json\n", "target/\n", [])
  expect([kept, leftOut]).toEqual([
    "!target/manifest.json\n",
    [{ pattern: "target/", because: "target/manifest.json" }],
  ])
})

test.each([
  ["package-lock.yml", "package-lock.yml", true],
  ["package-lock.yml", "sub/package-lock.yml", true],
  ["/package-lock.yml", "sub/package-lock.yml", false],
  ["logs/", "logs", false],
  ["logs/", "a/logs/x.txt", true],
  ["docs/*.md", "docs/a.md", true],
  ["docs/*.md", "a/docs/a.md", false],
  ["*.duckdb", "data/x.duckdb", true],
])("the pattern %s is left out where git has %s: %s", (pattern, file, isLeftOut) => {
  const { leftOut } = uniteIgnore("x\n", `${pattern}\n`, [file])
  expect(leftOut).toEqual(isLeftOut ? [{ pattern, because: file }] : [])
})

test("line ends are the team's", () => {
  expect(text("a\r\n", "b\nc\n")).toBe("a\r\n\r\nb\r\nc\r\n")
})
