import { join } from "node:path"
import { describe, expect, test } from "vitest"
import type { FileSystem } from "../../../src/app/ports/file-system.ts"
import { applyWrites } from "../../../src/app/transaction/apply-writes.ts"
import { takeLock, type LockOwner } from "../../../src/app/transaction/project-lock.ts"
import { recover } from "../../../src/app/transaction/recover.ts"
import { MeshwrightError } from "../../../src/core/model/diagnostic.ts"
import { file, put, write } from "./cases.ts"
import { PLACES } from "./places.ts"
import { snapshot } from "./snapshot.ts"

const ONE = owner(1001)
const OTHER = owner(1002)

describe.each(PLACES)("the lock on %s", (_name, place) => {
  test("is one process's at a time; giving it back leaves nothing", () => {
    const { fs, base } = place()
    const state = join(base, "deep/state")
    fs.makeDirectory(join(base, "deep"))
    const release = takeLock(fs, state, ONE)
    const held = snapshot(fs, base)
    expect(lockedBy(() => takeLock(fs, state, OTHER))).toContain("process 1001")
    expect(snapshot(fs, base)).toEqual(held)
    release()
    expect(fs.list(join(base, "deep"))).toEqual([])
    takeLock(fs, state, OTHER)()
  })

  test("stops a second apply and a recovery in the midst of the first, which goes on", () => {
    const { fs, base } = place()
    put(fs, join(base, "b"), file("1"))
    const writes = [write("a", null, file("a")), write("b", file("1"), file("2"))]
    const told: string[] = []
    const onPath = (path: string): void => {
      if (path !== "b") return
      told.push(lockedBy(() => applyWrites(fs, base, [write("c", null, file("c"))], OTHER)))
      told.push(lockedBy(() => recover(fs, base, OTHER)))
    }
    applyWrites(fs, base, writes, ONE, { onPath })
    expect(told).toHaveLength(2)
    expect(snapshot(fs, base)).toEqual({ a: "644 a", b: "644 2" })
  })

  test.each([
    ["a dead process", "999\n"],
    ["a process that had our number", "1001\n"],
    ["nobody, being empty", ""],
    ["nobody, being rubbish", "-1 or so"],
  ])("of %s is taken over", (_whose, content) => {
    const { fs, base } = place()
    const state = join(base, "state")
    put(fs, join(state, "lock"), file(content))
    put(fs, join(state, "lock.998"), file("998\n"))
    put(fs, join(state, "lock.998.old"), file("997\n"))
    const release = takeLock(fs, state, ONE)
    expect(lockedBy(() => takeLock(fs, state, OTHER))).toContain("process 1001")
    release()
    expect(fs.list(base)).toEqual([])
  })

  test("that another process took over a moment earlier is given back to it", () => {
    const { fs, base } = place()
    const state = join(base, "state")
    put(fs, join(state, "lock"), file("999\n"))
    let raced = false
    const releases: (() => void)[] = []
    const slow: FileSystem = {
      ...fs,
      rename: (from, to) => {
        if (!raced) {
          raced = true
          fs.remove(join(state, "lock"))
          releases.push(takeLock(fs, state, OTHER))
        }
        fs.rename(from, to)
      },
    }
    expect(lockedBy(() => takeLock(slow, state, ONE))).toContain("process 1002")
    expect(lockedBy(() => takeLock(fs, state, ONE))).toContain("process 1002")
    for (const release of releases) release()
    expect(fs.list(base)).toEqual([])
  })

  test("works where there are no hard links", () => {
    const { fs, base } = place()
    const without: FileSystem = {
      ...fs,
      link: () => {
        throw Object.assign(new Error("EPERM: operation not permitted"), { code: "EPERM" })
      },
    }
    const state = join(base, "state")
    const release = takeLock(without, state, ONE)
    expect(lockedBy(() => takeLock(without, state, OTHER))).toContain("process 1001")
    release()
    put(fs, join(state, "lock"), file("999\n"))
    takeLock(without, state, ONE)()
    expect(fs.list(base)).toEqual([])
  })
})

function owner(pid: number): LockOwner {
  return { pid, isAlive: (other) => [1001, 1002].includes(other) }
}

function lockedBy(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof MeshwrightError && error.diagnostics[0]?.code === "locked") return error.message
    throw error
  }
  throw new Error("it was not locked")
}
