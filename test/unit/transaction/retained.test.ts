import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { applyAbort, planAbort } from "../../../src/app/update/abort-update.ts"
import type { FileSystem } from "../../../src/app/ports/file-system.ts"
import type { Ports } from "../../../src/app/ports/ports.ts"
import { applyWrites } from "../../../src/app/transaction/apply-writes.ts"
import { recover } from "../../../src/app/transaction/recover.ts"
import { readRetained } from "../../../src/app/transaction/retained.ts"
import type { UndoNote } from "../../../src/app/transaction/undo-note.ts"
import { CASES, type Case, file, write } from "./cases.ts"
import { faultyFileSystem, Killed } from "./faulty-file-system.ts"
import { ALONE, inMemory, PLACES, type Place } from "./places.ts"
import { snapshot } from "./snapshot.ts"

const undo: UndoNote = {
  template: { name: "tiny", source: "../t", from: "1.0.0", to: "1.1.0" },
  head: null,
  index: {},
  unmerged: [],
}

const UPDATES = CASES.filter(({ title }) => !title.startsWith("a new project"))
const DYING = UPDATES.filter(({ title }) => !title.endsWith("with git"))

describe.each(PLACES)("what an update replaced, on %s", (_name, place) => {
  test.each(UPDATES)("is put back: $title", async (project) => {
    const { fs, base, root } = prepared(project, place)
    const before = snapshot(fs, base)
    applyWrites(fs, root, project.writes, ALONE, { undo })
    expect(snapshot(fs, base)).not.toEqual(before)
    await abort(fs, root)
    expect(snapshot(fs, base)).toEqual(before)
    expect(readRetained(fs, root)).toEqual([])
  })
})

test.each(DYING)(
  "an update that dies at any call is whole, and can be aborted if it was done: $title",
  { timeout: 60_000 },
  async (project) => {
    const seen = new Set<string>()
    for (let call = 1; !seen.has("survived"); call += 1) {
      const { fs, base, root } = prepared(project, inMemory)
      const before = snapshot(fs, base)
      const faulty = faultyFileSystem(fs, call, "dies-midway")
      seen.add(await survives(() => void applyWrites(faulty.fs, root, project.writes, ALONE, { undo })))
      recover(fs, root, ALONE)
      const done = readRetained(fs, root).length > 0
      seen.add(done ? "done" : "undone")
      if (done) await abort(fs, root)
      expect(snapshot(fs, base), `call ${call}`).toEqual(before)
    }
    expect([...seen].toSorted()).toEqual(["died", "done", "survived", "undone"])
  },
)

test.each(DYING)(
  "an abort that dies at any call is ended by the next: $title",
  { timeout: 60_000 },
  async (project) => {
    const seen = new Set<string>()
    for (let call = 1; !seen.has("survived"); call += 1) {
      const { fs, base, root } = prepared(project, inMemory)
      const before = snapshot(fs, base)
      applyWrites(fs, root, project.writes, ALONE, { undo })
      const faulty = faultyFileSystem(fs, call, "dies-midway")
      seen.add(await survives(() => abort(faulty.fs, root)))
      recover(fs, root, ALONE)
      const again = readRetained(fs, root).length > 0
      seen.add(again ? "again" : "ended")
      if (again) await abort(fs, root)
      expect(snapshot(fs, base), `call ${call}`).toEqual(before)
    }
    expect([...seen].toSorted()).toEqual(["again", "died", "ended", "survived"])
  },
)

test("the next update replaces it, one that fails does not, and one that is not kept leaves it", () => {
  const { fs, base } = inMemory()
  fs.write(join(base, "a"), file("1"))
  const kept = (): readonly string[] => readRetained(fs, base).map(({ journal }) => journal.undo.template.to)
  const noted = (to: string): { readonly undo: UndoNote } => ({ undo: { ...undo, template: { ...undo.template, to } } })
  applyWrites(fs, base, [write("a", file("1"), file("2"))], ALONE, noted("2"))
  expect(() => applyWrites(fs, base, [write("a", file("1"), file("3"))], ALONE, noted("3"))).toThrow("a was changed")
  applyWrites(fs, base, [write("b", null, file("b"))], ALONE)
  expect(kept()).toEqual(["2"])
  applyWrites(fs, base, [write("a", file("2"), file("4"))], ALONE, noted("4"))
  expect(kept()).toEqual(["4"])
  expect(snapshot(fs, join(base, ".meshwright/last/old"))).toEqual({ "0000": "644 2" })
})

function prepared(project: Case, place: () => Place): Place & { readonly root: string } {
  const { fs, base } = place()
  project.prepare(fs, base)
  return { fs, base, root: join(base, project.root) }
}

async function abort(fs: FileSystem, root: string): Promise<void> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- without a repository git is asked nothing else
  const ports = { fs, git: { isRepository: () => false } } as unknown as Ports
  await applyAbort(ports, await planAbort(ports, root), ALONE)
}

async function survives(run: () => unknown): Promise<"survived" | "died"> {
  try {
    await run()
    return "survived"
  } catch (error) {
    if (error instanceof Killed) return "died"
    throw error
  }
}
