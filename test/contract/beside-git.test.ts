import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { EDITED_FILES, withEdits } from "../helpers/edited-files.ts"
import { merge } from "../unit/merge/build.ts"
import { tries } from "../unit/property.ts"

/** Where git merges without a conflict, so does the merge of an update, or a reason is given here. */

let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "beside-git-"))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** git's own three-way merge of contents; undefined for a conflict. */
function gitMerge(base: string, ours: string, theirs: string): string | undefined {
  for (const [name, content] of Object.entries({ ours, base, theirs })) writeFileSync(join(folder, name), content)
  const { status, stdout } = spawnSync("git", ["merge-file", "-p", "--diff3", "ours", "base", "theirs"], {
    cwd: folder,
    encoding: "utf8",
  })
  return status === 0 ? stdout : undefined
}

interface Edit {
  readonly at: number
  readonly kind: "change" | "insert" | "delete" | "repeat"
  readonly size: number
}

/** What one side does to a text; places are shares of its length, so that they fit any text. */
const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.record({
    at: fc.nat(999),
    kind: fc.constantFrom("change", "insert", "delete", "repeat"),
    size: fc.integer({ min: 1, max: 3 }),
  }),
  { minLength: 1, maxLength: 5 },
)

/** The text after the edits. `change` and `insert` make a line of the language of one that is there. */
function edited(text: string, side: string, changes: readonly Edit[], line: (like: string, side: string) => string) {
  const lines = text.split("\n").slice(0, -1)
  for (const { at, kind, size } of changes) {
    const place = Math.floor((at / 1000) * lines.length)
    const here = lines.slice(place, place + size)
    if (kind === "change") lines.splice(place, size, ...here.map((each) => line(each, side)))
    else if (kind === "insert") lines.splice(place, 0, ...here.map((each) => line(each, side)))
    else if (kind === "delete") lines.splice(place, size)
    else lines.splice(place, 0, ...here)
  }
  return lines.map((each) => `${each}\n`).join("")
}

const changedWord = (like: string, side: string): string =>
  /\w+$/.test(like) ? like.replace(/\w+$/, side) : `${like}${side}`

const read = (path: string): string => readFileSync(join(import.meta.dirname, "../..", path), "utf8")

describe("on plain text, with nothing but lines to go by", () => {
  const plain = Array.from({ length: 20 }, (_, n) => (n % 5 === 4 ? "" : `line ${n % 7}`)).join("\n")
  const python =
    "import os\nimport sys\n\n\ndef one(a):\n    if a:\n        return 1\n    return 2\n\n\ndef two(a):\n    if a:\n        return 3\n    return 4\n\n\ndef main():\n    one(1)\n    two(2)\n"
  const shell =
    '#!/bin/sh\nset -eu\n\nrun() {\n  echo "$1"\n}\n\nfor each in a b; do\n  run "$each"\ndone\n\nif true; then\n  run x\nfi\n'
  const model =
    "with a as (\n\n    select *\n    from {{ ref('a') }}\n\n),\n\nb as (\n\n    select *\n    from {{ ref('b') }}\n\n)\n\nselect\n    a.id,\n    b.name\nfrom a\njoin b\n    on a.id = b.id\nwhere a.id > 1\n"
  const files: readonly (readonly [string, string])[] = [
    ["notes.txt", `${plain}\n`],
    ["tool.py", python],
    ["run.sh", shell],
    ["models/m.sql", model],
    ["NOTES.md", read("CONTRIBUTING.md")],
    ["docs/a.md", read("docs/architecture.md")],
    ["scripts/build.mjs", read("scripts/build.mjs")],
  ]

  it.each(files)("%s: clean with git's text where git is clean", (path, base) => {
    let both = 0
    fc.assert(
      fc.property(edits, edits, (left, right) => {
        const ours = edited(base, "ours", left, changedWord)
        const theirs = edited(base, "theirs", right, changedWord)
        const git = gitMerge(base, ours, theirs)
        if (git === undefined) return
        both++
        expect(merge(base, ours, theirs, "inline", path)).toMatchObject({ kind: "clean", text: git })
      }),
      tries(60),
    )
    expect(both).toBeGreaterThan(5)
  })

  it.each(files.slice(0, 3))("%s: a conflict where git has one", (path, base) => {
    fc.assert(
      fc.property(edits, edits, (left, right) => {
        const ours = edited(base, "ours", left, changedWord)
        const theirs = edited(base, "theirs", right, changedWord)
        if (gitMerge(base, ours, theirs) === undefined)
          expect(merge(base, ours, theirs, "inline", path).kind).toBe("conflict")
      }),
      tries(60),
    )
  })
})

describe("on structured files", () => {
  it.each(EDITED_FILES)("$path: clean where git is clean and its result can be read", (file) => {
    const some = fc.uniqueArray(fc.nat(file.edits.length - 1), { minLength: 1, maxLength: 3 })
    let both = 0
    fc.assert(
      fc.property(some, some, (left, right) => {
        const [ours, theirs] = [withEdits(file, left), withEdits(file, right)]
        const git = gitMerge(file.text, ours, theirs)
        if (git === undefined || !file.isReadable(git)) return
        both++
        const merged = merge(file.text, ours, theirs, "inline", file.path)
        expect(merged.kind, merged.text).toBe("clean")
        // What both edits say, in whatever order new lines of both come.
        expect(merged.text.split("\n").toSorted()).toEqual(git.split("\n").toSorted())
      }),
      tries(60),
    )
    expect(both).toBeGreaterThan(5)
  })

  it.each(EDITED_FILES)("$path: each edit gives a file that can be read", (file) => {
    for (const [index] of file.edits.entries()) expect(file.isReadable(withEdits(file, [index]))).toBe(true)
  })
})
