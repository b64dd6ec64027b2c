import { join } from "node:path"
import { describe, expect, test } from "vitest"
import type { FileSystem } from "../../../src/app/ports/file-system.ts"
import { applyWrites } from "../../../src/app/transaction/apply-writes.ts"
import { recover } from "../../../src/app/transaction/recover.ts"
import { stateFolder } from "../../../src/app/transaction/state-folder.ts"
import { MeshwrightError } from "../../../src/core/model/diagnostic.ts"
import { file, put, write } from "./cases.ts"
import { faultyFileSystem } from "./faulty-file-system.ts"
import { ALONE, inMemory, PLACES, type Place } from "./places.ts"
import { snapshot } from "./snapshot.ts"

const WRITES = [
  write("created.sql", null, file("created")),
  write("deleted.sql", file("deleted 1"), null),
  write("updated.sql", file("updated 1"), file("updated 2")),
]

describe.each(PLACES)("recover on %s", (_name, place) => {
  test("tells what it rolled back", () => {
    const { fs, base } = killedBeforeCommit(place)
    expect(snapshot(fs, base)).toMatchObject({ "created.sql": "644 created", "updated.sql": "644 updated 2" })
    expect(recover(fs, base, ALONE)).toEqual({
      recovered: "rolled-back",
      paths: ["created.sql", "deleted.sql", "updated.sql"],
      edited: [],
    })
    expect(snapshot(fs, base)).toEqual({ "deleted.sql": "644 deleted 1", "updated.sql": "644 updated 1" })
  })

  test("never destroys what somebody wrote since, and keeps what was there before it beside", () => {
    const { fs, base } = killedBeforeCommit(place)
    for (const name of ["created.sql", "deleted.sql", "updated.sql"]) {
      fs.remove(join(base, name))
      fs.write(join(base, name), file("the team's"))
    }
    put(fs, join(base, "updated.sql.orig"), file("something else"))
    expect(recover(fs, base, ALONE).edited).toEqual(["created.sql", "deleted.sql", "updated.sql"])
    expect(snapshot(fs, base)).toEqual({
      "created.sql": "644 the team's",
      "deleted.sql": "644 the team's",
      "deleted.sql.orig": "644 deleted 1",
      "updated.sql": "644 the team's",
      "updated.sql.orig": "644 something else",
      "updated.sql.orig1": "644 updated 1",
    })
    expect(recover(fs, base, ALONE).recovered).toBe("none")
  })

  test("a new file whose bytes were lost with the power goes", () => {
    const { fs, base } = killedBeforeCommit(place)
    fs.remove(join(base, "created.sql"))
    fs.write(join(base, "created.sql"), file(""))
    expect(recover(fs, base, ALONE).edited).toEqual([])
    expect(fs.stat(join(base, "created.sql"))).toBeNull()
  })

  test("what somebody removed since comes back", () => {
    const { fs, base } = killedBeforeCommit(place)
    fs.remove(join(base, "updated.sql"))
    expect(recover(fs, base, ALONE).edited).toEqual([])
    expect(snapshot(fs, base)["updated.sql"]).toBe("644 updated 1")
  })

  test("the next apply recovers first", () => {
    const { fs, base } = killedBeforeCommit(place)
    expect(applyWrites(fs, base, WRITES, ALONE).recovered).toBe("rolled-back")
    expect(snapshot(fs, base)).toEqual({ "created.sql": "644 created", "updated.sql": "644 updated 2" })
  })

  test("finds the journal although the project has got git since", () => {
    const { fs, base } = killedBeforeCommit(place)
    put(fs, join(base, ".git/HEAD"), file("ref"))
    expect(recover(fs, base, ALONE).recovered).toBe("rolled-back")
    expect(fs.list(base)).toEqual([".git", "deleted.sql", "updated.sql"])
  })

  test.each([
    ["cut off", (text: string) => text.slice(0, text.length / 2)],
    ["empty", () => ""],
    ["of another version", (text: string) => text.replace('"version":1', '"version":2')],
    ["with a path that leaves the project", (text: string) => text.replace('"created.sql"', '"../created.sql"')],
    ["with a path into git's folder", (text: string) => text.replace('"created.sql"', '".git/config"')],
    [
      "with a folder that leaves the project",
      (text: string) => text.replace('"created":[', '"created":[{"path":"../../x"}'),
    ],
    ["with no content", (text: string) => text.replace('"mode"', '"mood"')],
    ["that is a list", () => "[]"],
  ])("a journal %s is refused, and everything stays", (_what, tamper) => {
    const { fs, base } = killedBeforeCommit(place)
    const journal = join(stateFolder(fs, base), "txn/journal.json")
    const text = Buffer.from(fs.read(journal)?.bytes ?? []).toString()
    expect(tamper(text)).not.toBe(text)
    fs.remove(journal)
    fs.write(journal, file(tamper(text)))
    const before = withoutLock(snapshot(fs, base))
    expect(codes(() => recover(fs, base, ALONE))).toEqual(["journal-damaged"])
    expect(codes(() => applyWrites(fs, base, WRITES, ALONE))).toEqual(["journal-damaged"])
    expect(withoutLock(snapshot(fs, base))).toEqual(before)
  })

  test("a journal that was never finished is no journal", () => {
    const { fs, base } = place()
    put(fs, join(base, ".meshwright/txn/.journal.json.meshwright-tmp"), file('{"version":1,"wri'))
    put(fs, join(base, ".meshwright/txn/new/0000"), file("x"))
    expect(recover(fs, base, ALONE).recovered).toBe("none")
    expect(snapshot(fs, base)).toEqual({})
  })

  test("after the commit point, damage to the journal does not matter", () => {
    const { fs, base } = place()
    put(fs, join(base, "a.sql"), file("new"))
    put(fs, join(base, ".meshwright/txn/committed.json"), file("{"))
    put(fs, join(base, ".meshwright/txn/old/0000"), file("old"))
    expect(recover(fs, base, ALONE)).toEqual({ recovered: "finished", paths: [], edited: [] })
    expect(snapshot(fs, base)).toEqual({ "a.sql": "644 new" })
  })

  test("a folder that somebody's file blocks is told, and recovered once it is moved away", () => {
    const { fs, base } = place()
    put(fs, join(base, "folder/a.sql"), file("a"))
    kill(fs, base, [write("folder/a.sql", file("a"), null)])
    put(fs, join(base, "folder"), file("the team's"))
    expect(codes(() => recover(fs, base, ALONE))).toEqual(["recovery-failed"])
    fs.rename(join(base, "folder"), join(base, "moved"))
    expect(recover(fs, base, ALONE).recovered).toBe("rolled-back")
    expect(snapshot(fs, base)).toMatchObject({ "folder/a.sql": "644 a", moved: "644 the team's" })
  })
})

test("without leftovers nothing is written", () => {
  const { fs, base } = inMemory()
  put(fs, join(base, "p/.git/HEAD"), file("ref"))
  const watched = faultyFileSystem(fs, 1, "dies")
  expect(recover(watched.fs, join(base, "p"), ALONE)).toEqual({ recovered: "none", paths: [], edited: [] })
  expect(watched.calls()).toBe(0)
})

/** A project whose apply died at the commit point, all writes done. */
function killedBeforeCommit(place: () => Place): Place {
  const { fs, base } = place()
  put(fs, join(base, "deleted.sql"), file("deleted 1"))
  put(fs, join(base, "updated.sql"), file("updated 1"))
  kill(fs, base, WRITES)
  return { fs, base }
}

function kill(fs: FileSystem, root: string, writes: Parameters<typeof applyWrites>[2]): void {
  let died = false
  const dying: FileSystem = {
    ...fs,
    rename: (from, to) => {
      if (to.endsWith("committed.json")) died = true
      return died ? dead() : fs.rename(from, to)
    },
    remove: (path) => (died ? dead() : fs.remove(path)),
    makeDirectory: (path, permissions) => (died ? dead() : fs.makeDirectory(path, permissions)),
    removeDirectory: (path) => (died ? dead() : fs.removeDirectory(path)),
  }
  expect(() => applyWrites(dying, root, writes, ALONE)).toThrow("dead")
}

function dead(): never {
  throw new Error("dead")
}

function withoutLock(tree: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tree).filter(([path]) => !path.includes("/lock")))
}

function codes(run: () => unknown): readonly string[] {
  try {
    run()
  } catch (error) {
    if (error instanceof MeshwrightError) return error.diagnostics.map(({ code }) => code)
    throw error
  }
  return []
}
