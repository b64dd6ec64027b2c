import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { MeshwrightError } from "../../../src/core/model/diagnostic.ts"
import type { FileSystem } from "../../../src/app/ports/file-system.ts"
import { applyWrites } from "../../../src/app/transaction/apply-writes.ts"
import { recover } from "../../../src/app/transaction/recover.ts"
import { CASES, type Case } from "./cases.ts"
import { faultyFileSystem, Killed, type Fault } from "./faulty-file-system.ts"
import { ALONE, inMemory, PLACES, type Place } from "./places.ts"
import { snapshot, type Snapshot } from "./snapshot.ts"

describe.each(PLACES)("on %s", { timeout: 60_000 }, (_name, place) => {
  describe.each(CASES)("$title", (project) => {
    test("whichever call fails, all is old or all is new, and nothing is left over", () => {
      const ends = trees(place, project)
      for (let fatal = 1; ; fatal += 1) {
        const { fs, base, faulty } = prepared(place, project, fatal, "fails")
        const codes = attempt(faulty.fs, base, project)
        if (faulty.calls() < fatal) break
        expect([[], ["apply-failed"]]).toContainEqual(codes)
        // A clean-up that fails after the last write is left to the next command; an undone apply leaves nothing to it.
        if (codes.length === 0) recover(fs, join(base, project.root), ALONE)
        expect({ fatal, tree: snapshot(fs, base) }).toEqual({ fatal, tree: codes.length === 0 ? ends.new : ends.old })
      }
    })
  })
})

// On the disk the end-to-end tests do this, with processes that are really killed.
describe.each(CASES)("$title", { timeout: 60_000 }, (project) => {
  test.each(["dies", "dies-midway"] as const)("whichever call it %s at, recover brings it to one end", (fault) => {
    const ends = trees(inMemory, project)
    const seen = new Set<string>()
    for (let fatal = 1; ; fatal += 1) {
      const { fs, base, faulty } = prepared(inMemory, project, fatal, fault)
      const codes = attempt(faulty.fs, base, project)
      if (faulty.calls() < fatal) break
      const { recovered } = recover(fs, join(base, project.root), ALONE)
      const end = endOf(snapshot(fs, base), ends, `call ${fatal}`)
      seen.add(`${recovered} ${end}`)
      // It dies in the clean-up without telling, and only there.
      expect([...codes, end]).not.toEqual(["old"])
      expect(recover(fs, join(base, project.root), ALONE).recovered).toBe("none")
    }
    expect([...seen].toSorted()).toEqual(["finished new", "none new", "none old", "rolled-back old"])
  })

  test("a recovery that dies at any call can be run again", () => {
    const ends = trees(inMemory, project)
    const seen = new Set<string>()
    // Every call of the recovery, for a sample of the calls of a long apply.
    const stride = project.writes.length > 4 ? 6 : 1
    for (let fatal = 1; ; fatal += stride) {
      const whole = prepared(inMemory, project, fatal, "dies")
      attempt(whole.faulty.fs, whole.base, project)
      if (whole.faulty.calls() < fatal) break
      for (let second = 1; ; second += 1) {
        const { fs, base, faulty } = prepared(inMemory, project, fatal, "dies")
        attempt(faulty.fs, base, project)
        const recovering = faultyFileSystem(fs, second, "dies-midway")
        ignoreKilled(() => recover(recovering.fs, join(base, project.root), ALONE))
        recover(fs, join(base, project.root), ALONE)
        seen.add(endOf(snapshot(fs, base), ends, `calls ${fatal} and ${second}`))
        if (recovering.calls() < second) break
      }
    }
    expect(seen).toEqual(new Set(["old", "new"]))
  })
})

/** How the folder looks before, and after an apply that nothing disturbs. */
function trees(place: () => Place, project: Case): { readonly old: Snapshot; readonly new: Snapshot } {
  const { fs, base } = place()
  project.prepare(fs, base)
  const old = snapshot(fs, base)
  applyWrites(fs, join(base, project.root), project.writes, ALONE)
  return { old, new: snapshot(fs, base) }
}

function prepared(place: () => Place, project: Case, fatal: number, fault: Fault) {
  const { fs, base } = place()
  project.prepare(fs, base)
  return { fs, base, faulty: faultyFileSystem(fs, fatal, fault) }
}

/** The codes of what went wrong. */
function attempt(fs: FileSystem, base: string, project: Case): readonly string[] {
  try {
    applyWrites(fs, join(base, project.root), project.writes, ALONE)
    return []
  } catch (error) {
    if (error instanceof Killed) return ["killed"]
    if (error instanceof MeshwrightError) return error.diagnostics.map(({ code }) => code)
    throw error
  }
}

function endOf(tree: Snapshot, ends: { readonly old: Snapshot; readonly new: Snapshot }, where: string): string {
  if (JSON.stringify(tree) === JSON.stringify(ends.old)) return "old"
  expect({ where, tree }).toEqual({ where, tree: ends.new })
  return "new"
}

function ignoreKilled(run: () => void): void {
  try {
    run()
  } catch (error) {
    if (!(error instanceof Killed)) throw error
  }
}
