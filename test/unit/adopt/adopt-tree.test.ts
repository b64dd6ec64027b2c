import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { type AdoptRules, adoptTree } from "../../../src/core/adopt/adopt-tree.ts"
import { isReadByDbt, readDbtProject } from "../../../src/core/adopt/read-dbt-project.ts"
import { sameRole } from "../../../src/core/adopt/same-role.ts"
import type { FileChange } from "../../../src/core/model/change.ts"
import type { RelPath } from "../../../src/core/model/path.ts"
import type { FilePolicy, RenderedTree } from "../../../src/core/model/template.ts"
import type { Tree } from "../../../src/core/model/tree.ts"

interface Given {
  readonly path: string
  readonly text: string
  readonly policy: FilePolicy
}

const PATHS = [
  "dbt_project.yml",
  "packages.yml",
  "profiles.yml",
  "models/a.sql",
  "models/a.yml",
  "macros/m.sql",
  "seeds/s.csv",
  "README.md",
  "README.rst",
  "CODEOWNERS",
  ".github/CODEOWNERS",
  ".github/workflows/ci.yml",
  ".gitignore",
  "docs/a.md",
  "infra/main.tf",
  "requirements.txt",
  "pyproject.toml",
  "docs/.gitignore",
  "ci.yaml",
  "ci.yml",
]
const TEXTS = ["", "a\n", "b\n", "a\nb\n", "a: 1\n", "a: 2\nb: {c: 1}\n", "a: 1\nb: {d: 1}\n", "# x\n*.log", "\0binary"]

const files = fc.uniqueArray(
  fc.record({
    path: fc.constantFrom(...PATHS),
    text: fc.constantFrom(...TEXTS),
    policy: fc.constantFrom<FilePolicy>("merge", "once", "replace"),
  }),
  { selector: ({ path }) => path, maxLength: PATHS.length },
)

const dbt = readDbtProject({})

function adopt(
  ours: readonly Given[],
  theirs: readonly Given[],
  more: Partial<AdoptRules> = {},
): readonly FileChange[] {
  const tree: Tree = new Map(
    ours.map(({ path, text }) => [path as RelPath, { mode: "644" as const, bytes: Buffer.from(text) }]),
  )
  const rendered: RenderedTree = new Map(
    theirs.map(({ path, text, policy }) => [
      path as RelPath,
      { path: path as RelPath, origin: path, policy, mode: "644" as const, bytes: Buffer.from(text) },
    ]),
  )
  return adoptTree(
    {
      base: new Map(),
      ours: tree,
      theirs: rendered,
      renames: [],
      keep: () => false,
      answersChanged: false,
      sources: new Map(),
      labels: { ours: "yours", base: "nothing", theirs: "template" },
      conflictStyle: "inline",
    },
    {
      isReadByDbt: (path) => isReadByDbt(dbt, path),
      elsewhere: (path) => sameRole(path).find((each) => tree.has(each as RelPath)) as RelPath | undefined,
      isForNew: () => false,
      assumed: new Set(),
      tracked: [],
      take: () => false,
      ...more,
    },
  )
}

describe("whatever is there and whatever the template has", () => {
  const each = (
    law: (changes: readonly FileChange[], ours: readonly Given[], theirs: readonly Given[]) => void,
  ): void => fc.assert(fc.property(files, files, (ours, theirs) => law(adopt(ours, theirs), ours, theirs)))

  test("no byte of the team's is replaced, and nothing is asked", () => {
    each((changes, ours) => {
      const replaced = changes.flatMap(({ writes }) => writes.filter(({ before }) => before !== null))
      for (const { path, after } of replaced) {
        expect(path).toMatch(/(^|\/)\.gitignore$/)
        const kept = ours.find((file) => file.path === path)!.text.split("\n")
        expect(Buffer.from(after!.bytes).toString().split("\n")).toEqual(expect.arrayContaining(kept.filter(Boolean)))
      }
      expect(changes.filter(({ status }) => status === "conflict")).toEqual([])
    })
  })

  test("nothing is created that dbt reads, that is starter content, or that the team has elsewhere", () => {
    each((changes, ours, theirs) => {
      const created = changes.filter(({ action }) => action === "create").map(({ path }) => path)
      for (const path of created) {
        expect(isReadByDbt(dbt, path)).toBe(false)
        expect(theirs.find((file) => file.path === path)!.policy).not.toBe("once")
        expect(sameRole(path).some((other) => ours.some((file) => file.path === other))).toBe(false)
      }
    })
  })

  test("every file of the template is told once, with a reason", () => {
    each((changes, _, theirs) => {
      expect(changes.map(({ path }) => path)).toEqual(theirs.map(({ path }) => path).toSorted())
    })
  })

  test("what is taken on request is there afterwards, or a conflict", () => {
    fc.assert(
      fc.property(files, files, (ours, theirs) => {
        const has = new Set(ours.map(({ path }) => path))
        const missing = theirs.filter(({ path }) => !has.has(path)).map(({ path }) => path)
        const created = adopt(ours, theirs, { take: () => true }).filter(({ action }) => action === "create")
        expect(created.map(({ path }) => path)).toEqual(missing.toSorted())
      }),
    )
  })
})
