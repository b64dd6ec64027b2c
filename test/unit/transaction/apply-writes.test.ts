import { basename, join } from "node:path"
import { describe, expect, test } from "vitest"
import type { FileSystem } from "../../../src/app/ports/file-system.ts"
import { applyWrites } from "../../../src/app/transaction/apply-writes.ts"
import type { DiskWrite } from "../../../src/core/model/change.ts"
import { MeshwrightError } from "../../../src/core/model/diagnostic.ts"
import { CASES, caseOf, file, put, write } from "./cases.ts"
import { faultyFileSystem } from "./faulty-file-system.ts"
import { ALONE, inMemory, PLACES } from "./places.ts"
import { snapshot } from "./snapshot.ts"

describe.each(PLACES)("applyWrites on %s", (_name, place) => {
  test("creates a project in a folder that is not there, and leaves nothing else", () => {
    const { fs, base } = place()
    const { root, writes } = caseOf("a new project, in a folder that is not there")
    expect(applyWrites(fs, join(base, root), writes, ALONE).recovered).toBe("none")
    expect(withoutFolders(snapshot(fs, base))).toEqual({
      "some/where/sales/dbt_project.yml": "644 name: sales\n",
      "some/where/sales/latest": "-> models/staging",
      "some/where/sales/models/staging/orders.sql": "644 select 1\n",
      "some/where/sales/models/staging/orders.yml": "644 models: []\n",
      "some/where/sales/scripts/run.sh": "755 #!/bin/sh\n",
    })
  })

  test("updates, deletes, creates, links; permissions are kept but for the executable bit; empty folders go", () => {
    const { fs, base } = place()
    const { root, writes, prepare } = caseOf("an existing project without git")
    prepare(fs, base)
    applyWrites(fs, join(base, root), writes, ALONE)
    const tree = snapshot(fs, join(base, root))
    expect(withoutFolders(tree)).toEqual({
      "dbt_project.yml": "664 new",
      "file-to-link": "-> run.sh",
      "half/stays.sql": "644 the team's",
      link: "-> run.sh",
      "link-to-file": "644 no link now",
      "meshwright.lock": "644 lock 2",
      "new/nested/folder/file.sql": "644 brand new",
      "private.sql": "700 new",
      "read-only.sql": "444 new",
      "run.sh": "775 #!/bin/sh\n",
    })
    expect(Object.keys(tree)).not.toContain("gone/")
  })

  test("a file becomes a folder, and a folder a file", () => {
    const { fs, base } = place()
    const { root, writes, prepare } = caseOf("a file becomes a folder, and a folder a file")
    prepare(fs, base)
    applyWrites(fs, join(base, root), writes, ALONE)
    expect(withoutFolders(snapshot(fs, join(base, root)))).toEqual({ "docs/index.md": "644 a page", macros: "644 a" })
  })

  test("a stale plan is refused, with every file that differs, and nothing is touched", () => {
    const { fs, base } = place()
    put(fs, join(base, "changed"), file("theirs"))
    put(fs, join(base, "there"), file("already"))
    put(fs, join(base, "executable"), file("x", "755"))
    fs.makeDirectory(join(base, "folder"))
    const before = snapshot(fs, base)
    const writes = [
      write("changed", file("expected"), file("new")),
      write("executable", file("x"), file("y")),
      write("fine", null, file("new")),
      write("folder", null, file("new")),
      write("gone", file("expected"), null),
      write("there", null, file("new")),
    ]
    expect(problems(fs, base, writes)).toEqual([
      "stale-plan changed",
      "stale-plan executable",
      "unsafe-path folder",
      "stale-plan gone",
      "stale-plan there",
    ])
    expect(snapshot(fs, base)).toEqual(before)
  })

  test("nothing is written outside the project, into git's folder, or below a file", () => {
    const { fs, base } = place()
    fs.makeDirectory(join(base, "outside"))
    put(fs, join(base, "p/.git/HEAD"), file("ref"))
    put(fs, join(base, "p/file"), file("x"))
    put(fs, join(base, "p/inside/real"), file("x"))
    for (const [name, target] of Object.entries({
      out: "../outside",
      up: "..",
      git: ".git",
      to: "inside",
      no: "none",
    })) {
      put(fs, join(base, "p", name), file(target, "link"))
    }
    const before = snapshot(fs, base)
    const paths = ["file/a", "git/hooks/pre-commit", "no/a", "out/a", "up/a", "new", "new/a"]
    const writes = paths.map((path) => write(path, null, file("bad")))
    expect(problems(fs, join(base, "p"), writes)).toEqual(
      paths.filter((path) => path !== "new").map((path) => `unsafe-path ${path}`),
    )
    expect(snapshot(fs, base)).toEqual(before)
    applyWrites(fs, join(base, "p"), [write("to/good", null, file("good"))], ALONE)
    expect(fs.list(join(base, "p/inside"))).toEqual(["good", "real"])
  })

  test("the project's folder must be a folder", () => {
    const { fs, base } = place()
    put(fs, join(base, "file"), file("x"))
    put(fs, join(base, "nowhere"), file("none", "link"))
    for (const root of ["file", "file/below", "nowhere"]) {
      expect(problems(fs, join(base, root), [write("a", null, file("a"))])).toEqual([`unsafe-path ${join(base, root)}`])
    }
  })

  test("a file that changes between the check and its write stops everything", () => {
    const { fs, base } = place()
    put(fs, join(base, "a"), file("a1"))
    put(fs, join(base, "b"), file("b1"))
    const writes = [write("a", file("a1"), file("a2")), write("b", file("b1"), file("b2"))]
    const meddle = (path: string): void => {
      if (path !== "b") return
      fs.remove(join(base, "b"))
      fs.write(join(base, "b"), file("the team's"))
    }
    expect(problems(fs, base, writes, meddle)).toEqual(["stale-plan b", "edited-meanwhile b"])
    expect(snapshot(fs, base)).toEqual({ a: "644 a1", b: "644 the team's" })
  })

  test("no writes, and writes that change nothing, leave the disk alone", () => {
    const { fs, base } = place()
    put(fs, join(base, "a"), file("a"), 0o640)
    applyWrites(fs, base, [], ALONE)
    applyWrites(fs, base, [write("a", file("a"), file("a")), write("b", null, null)], ALONE)
    expect(snapshot(fs, base)).toEqual({ a: "640 a" })
  })

  test("two writes to one path are a fault of the program", () => {
    const { fs, base } = place()
    const twice = [write("a", null, file("a")), write("a", null, file("b"))]
    expect(() => applyWrites(fs, base, twice, ALONE)).toThrow(RangeError)
    expect(snapshot(fs, base)).toEqual({})
  })

  test.each(CASES)("between file systems: $title", (project) => {
    const [one, other] = [place(), place()]
    for (const { fs, base } of [one, other]) project.prepare(fs, base)
    applyWrites(one.fs, join(one.base, project.root), project.writes, ALONE)
    applyWrites(twoFileSystems(other.fs), join(other.base, project.root), project.writes, ALONE)
    expect(snapshot(other.fs, other.base)).toEqual(snapshot(one.fs, one.base))
  })
})

test.each(CASES)("between file systems, undone: $title", (project) => {
  const undone: unknown[] = []
  const expected: unknown[] = []
  for (let fatal = 1; ; fatal += 1) {
    const { fs, base } = inMemory()
    project.prepare(fs, base)
    const before = snapshot(fs, base)
    const faulty = faultyFileSystem(twoFileSystems(fs), fatal, "fails", "EIO")
    try {
      applyWrites(faulty.fs, join(base, project.root), project.writes, ALONE)
    } catch {
      undone.push({ fatal, tree: snapshot(fs, base) })
      expected.push({ fatal, tree: before })
    }
    if (faulty.calls() < fatal) break
  }
  expect(undone.length).toBeGreaterThan(project.writes.length)
  expect(undone).toEqual(expected)
})

test("the system's reason, the path and a hint are told", () => {
  const { fs, base } = inMemory()
  const failing: FileSystem = {
    ...fs,
    rename: (from, to) => {
      if (to.endsWith("/b")) throw Object.assign(new Error("EROFS: read-only file system"), { code: "EROFS" })
      fs.rename(from, to)
    },
  }
  const writes = [write("a", null, file("a")), write("b", null, file("b"))]
  const [diagnostic] = failure(() => applyWrites(failing, base, writes, ALONE)).diagnostics
  expect(diagnostic).toMatchObject({ code: "apply-failed", file: "b", severity: "error" })
  expect(diagnostic?.message).toContain("EROFS: read-only file system")
  expect(diagnostic?.hint).toContain("read-only")
})

test("what replaces a file is flushed, and the journal; a new file is not, or a new project would take its time", () => {
  const { fs, base } = inMemory()
  put(fs, join(base, "old"), file("1"))
  const flushed: string[] = []
  const watched: FileSystem = {
    ...fs,
    write: (path, entry, options) => {
      if (options?.sync === true) flushed.push(basename(path))
      fs.write(path, entry, options)
    },
  }
  applyWrites(watched, base, [write("new", null, file("a")), write("old", file("1"), file("2"))], ALONE)
  expect(flushed).toEqual(["0001", ".journal.json.meshwright-tmp"])
})

test("a new file costs two changing calls: staged, and moved into place", () => {
  const costs = [10, 90].map((count) => {
    const { fs, base } = inMemory()
    const counting = faultyFileSystem(fs, Number.POSITIVE_INFINITY, "dies")
    const writes = Array.from({ length: count }, (_, index) => write(`models/${index}.sql`, null, file("x")))
    applyWrites(counting.fs, base, writes, ALONE)
    return counting.calls() - 2 * count
  })
  expect(costs[0]).toBe(costs[1])
})

function withoutFolders(tree: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tree).filter(([path]) => !path.endsWith("/")))
}

function problems(fs: FileSystem, root: string, writes: readonly DiskWrite[], onPath?: (path: string) => void) {
  const { diagnostics } = failure(() => applyWrites(fs, root, writes, ALONE, onPath ? { onPath } : {}))
  return diagnostics.map(({ code, file: path }) => `${code} ${path}`)
}

function failure(run: () => unknown): MeshwrightError {
  try {
    run()
  } catch (error) {
    if (error instanceof MeshwrightError) return error
    throw error
  }
  throw new Error("it did not fail")
}

/** As if the state folder were on another disk than the project: no rename and no second name across. */
function twoFileSystems(fs: FileSystem): FileSystem {
  function within(from: string, to: string): void {
    if (inState(from) === inState(to)) return
    throw Object.assign(new Error("EXDEV: cross-device link"), { code: "EXDEV" })
  }
  return {
    ...fs,
    rename: (from, to) => {
      within(from, to)
      fs.rename(from, to)
    },
    link: (from, to) => {
      within(from, to)
      fs.link(from, to)
    },
  }
}

function inState(path: string): boolean {
  return path.includes("meshwright") && path.includes("/txn/")
}
