import { expect, test } from "vitest"
import { readYaml } from "../../../src/app/adopt/read-surroundings.ts"
import { foreignBase } from "../../../src/core/adopt/foreign-base.ts"
import { readForeignRecord } from "../../../src/core/adopt/foreign-record.ts"
import type { RelPath } from "../../../src/core/model/path.ts"
import type { RenderedTree } from "../../../src/core/model/template.ts"
import type { Tree } from "../../../src/core/model/tree.ts"

const read = (file: string, text: string, pyproject?: string) =>
  readForeignRecord(file as RelPath, text, pyproject, readYaml)

test("copier's answers, without its own keys", () => {
  const text =
    "# Changes here will be overwritten by Copier\n_commit: v1.2.0-3-gabc\n_src_path: gh:acme/t\ndomain: sales\nn: 3\n"
  expect(read(".copier-answers.yml", text)).toEqual({
    tool: "copier",
    file: ".copier-answers.yml",
    source: "gh:acme/t",
    version: "v1.2.0-3-gabc",
    directory: "",
    answers: { domain: "sales", n: 3 },
    keep: [],
  })
})

test("cruft's context, and what it skips, in pyproject.toml too", () => {
  const text = JSON.stringify({
    template: "https://github.com/acme/t",
    commit: "0123abc",
    checkout: null,
    directory: "dbt",
    context: { cookiecutter: { domain: "sales", _template: "x" } },
    skip: ["docs", "a/*"],
  })
  const pyproject =
    '[tool.other]\nskip = ["no"]\n\n[tool.cruft] # ours\nskip = [\n  "docs",\n  \'b.md\',\n]\n\n[tool.more]\nskip = ["no"]\n'
  expect(read(".cruft.json", text, pyproject)).toEqual({
    tool: "cruft",
    file: ".cruft.json",
    source: "https://github.com/acme/t",
    version: "0123abc",
    directory: "dbt",
    answers: { domain: "sales" },
    keep: ["docs", "a/*", "b.md"],
  })
})

test.each([
  [".copier-answers.yml", "domain: sales\n"],
  [".copier-answers.yml", "{broken"],
  [".cruft.json", "[]"],
  [".cruft.json", '{"commit": "x"}'],
])("%s that names no template is refused: %j", (file, text) => {
  expect(() => read(file, text)).toThrow("names no template")
})

test("a base is what is recognisably the same file, at a path that the template still has, and not the team's", () => {
  const lines = (...texts: string[]): Uint8Array => Buffer.from(texts.map((text) => `${text}\n`).join(""))
  const tree = (files: Record<string, Uint8Array>): Tree =>
    new Map(Object.entries(files).map(([path, bytes]) => [path as RelPath, { mode: "644" as const, bytes }]))
  const before = tree({
    "same.yml": lines("a: 1", "b: 2"),
    "newer.yml": lines("version: 1", "steps: checkout", "run: dbt build"),
    "other.md": lines("Another project altogether, with a long text that says so at length: nothing is common to both"),
    "gone.md": lines("x"),
    "once.sql": lines("select 1"),
  })
  const rendered: RenderedTree = new Map(
    (
      [
        ["same.yml", lines("a: 1", "b: 2"), "merge"],
        ["newer.yml", lines("version: 2", "steps: checkout", "run: dbt build"), "merge"],
        ["other.md", lines("This one says something else"), "merge"],
        ["once.sql", lines("select 1"), "once"],
        ["new.md", lines("x"), "merge"],
      ] as const
    ).map(([path, bytes, policy]) => [
      path as RelPath,
      { path: path as RelPath, origin: `${path}.hbs`, policy, mode: "644" as const, bytes },
    ]),
  )
  const base = foreignBase(before, rendered)
  expect([...base.keys()]).toEqual(["same.yml", "newer.yml"])
  const alike = foreignBase(new Map([...before].filter(([path]) => path !== "other.md")), rendered)
  expect([...alike.keys()]).toEqual(["same.yml", "newer.yml"])
  const short = tree({
    ...Object.fromEntries(["same.yml", "newer.yml"].map((path) => [path, before.get(path as RelPath)!.bytes])),
    "other.md": lines("short"),
  })
  expect([...foreignBase(short, rendered).keys()], "of the same template, all").toEqual([
    "same.yml",
    "newer.yml",
    "other.md",
  ])
  expect(base.get("newer.yml" as RelPath)).toMatchObject({ policy: "merge", origin: "newer.yml.hbs" })
})
