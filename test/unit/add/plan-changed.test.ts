import { expect, test } from "vitest"
import { planChanged } from "../../../src/core/add/plan-changed.ts"
import { MeshwrightError } from "../../../src/core/model/diagnostic.ts"
import type { RelPath } from "../../../src/core/model/path.ts"
import type { FileMode, Tree } from "../../../src/core/model/tree.ts"

function tree(files: Readonly<Record<string, string>>, mode: FileMode = "644"): Tree {
  return new Map(Object.entries(files).map(([path, text]) => [path as RelPath, { mode, bytes: Buffer.from(text) }]))
}

function codes(work: () => unknown): readonly string[] {
  try {
    work()
  } catch (error) {
    if (error instanceof MeshwrightError)
      return [error.kind, ...error.diagnostics.map(({ code, file }) => `${code} ${file}`)]
    throw error
  }
  return []
}

test("what code made of its copy becomes a plan that expects what it found", () => {
  const copy = tree({ "a.yml": "a\n", "b.yml": "b\n" })
  const changes = planChanged(copy, tree({ "a.yml": "a\n", "b.yml": "b\nc\n", "new/c.sql": "c\n" }), new Map())
  expect(changes.map(({ path, action, reason }) => [path, action, reason])).toEqual([
    ["b.yml", "merge", "added-to"],
    ["new/c.sql", "create", "generated"],
  ])
  expect(changes.map(({ writes }) => writes[0]?.before === null)).toEqual([false, true])
})

test("what code must not do is refused, all of it at once", () => {
  const copy = tree({ "a.yml": "a\n", "meshwright.yml": "template: x\n" })
  const after = new Map([
    ...tree({
      "meshwright.yml": "template: y\n",
      ".git/hooks/post-commit": "x",
      "aux.txt": "x",
      "sub/.MESHWRIGHT/x": "x",
    }),
    ...tree({ link: "/etc/passwd" }, "link"),
  ])
  expect(codes(() => planChanged(copy, after, new Map()))).toEqual([
    "failed",
    "generator-refused a.yml",
    "generator-refused meshwright.yml",
    "generator-refused .git/hooks/post-commit",
    "generator-refused aux.txt",
    "generator-refused sub/.MESHWRIGHT/x",
    "generator-refused link",
  ])
})

test("a file that was not in the copy is not replaced", () => {
  const others = tree({ ".env": "TOKEN=1\n", same: "s\n" })
  expect(codes(() => planChanged(new Map(), tree({ ".env": "x\n" }), others))).toEqual([
    "person-needed",
    "file-exists .env",
  ])
  expect(planChanged(new Map(), tree({ same: "s\n" }), others)).toMatchObject([{ reason: "already-there", writes: [] }])
})
