import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { pendingRoots, stateFolder, stateFolders } from "../../../src/app/transaction/state-folder.ts"
import { file, put } from "./cases.ts"
import { PLACES } from "./places.ts"

const HASH = /[0-9a-f]{12}$/

describe.each(PLACES)("stateFolder on %s", (_name, place) => {
  test("is in git's folder, one for each project of a work tree", () => {
    const { fs, base } = place()
    put(fs, join(base, "mesh/.git/HEAD"), file("ref"))
    const roots = ["mesh", "mesh/domains/a", "mesh/domains/b"].map((root) => stateFolder(fs, join(base, root)))
    expect(new Set(roots).size).toBe(3)
    for (const root of roots) {
      expect(root.replace(HASH, "HASH")).toBe(join(base, "mesh/.git/meshwright/HASH"))
    }
  })

  test.each([
    ["relative", "../main/.git/worktrees/w\n"],
    ["with a Windows line end", "../main/.git/worktrees/w\r\n"],
    ["without a line end", "../main/.git/worktrees/w"],
  ])("follows the file of a linked work tree, %s", (_kind, target) => {
    const { fs, base } = place()
    fs.makeDirectory(join(base, "main/.git/worktrees/w"))
    put(fs, join(base, "w/.git"), file(`gitdir: ${target}`))
    expect(stateFolder(fs, join(base, "w/sales"))).toMatch(join(base, "main/.git/worktrees/w/meshwright"))
  })

  test("follows an absolute gitdir, and a link", () => {
    const { fs, base } = place()
    fs.makeDirectory(join(base, "git"))
    put(fs, join(base, "sub/.git"), file(`gitdir: ${join(base, "git")}\n`))
    put(fs, join(base, "linked/.git"), file("../git", "link"))
    expect(stateFolder(fs, join(base, "sub"))).toMatch(join(base, "git/meshwright"))
    expect(stateFolder(fs, join(base, "linked"))).toMatch(join(base, "git/meshwright"))
  })

  test("does not follow a gitdir that leads nowhere", () => {
    const { fs, base } = place()
    put(fs, join(base, "p/.git"), file("gitdir: ../none\n"))
    put(fs, join(base, "q/.git"), file("no gitdir\n"))
    expect(stateFolder(fs, join(base, "p"))).toBe(join(base, "p/.meshwright"))
    expect(stateFolder(fs, join(base, "q"))).toBe(join(base, "q/.meshwright"))
  })

  test("without git it is in the project, and above a project that is not there; both are looked at later", () => {
    const { fs, base } = place()
    const root = join(base, "some/sales")
    const above = stateFolder(fs, root)
    expect(above).toBe(join(base, ".meshwright-some%2Fsales"))
    expect(pendingRoots(fs, base)).toEqual([])
    fs.makeDirectory(above)
    expect(pendingRoots(fs, base)).toEqual([root])
    fs.removeDirectory(above)
    fs.makeDirectory(root)
    expect(stateFolder(fs, root)).toBe(join(root, ".meshwright"))
    put(fs, join(root, ".git/HEAD"), file("ref"))
    expect(stateFolder(fs, root)).toMatch(join(root, ".git/meshwright"))
    expect(stateFolders(fs, root)).toEqual(expect.arrayContaining([above, join(root, ".meshwright")]))
  })

  test("is the same through a link", () => {
    const { fs, base } = place()
    fs.makeDirectory(join(base, "real/sales"))
    put(fs, join(base, "link"), file("real", "link"))
    for (const name of ["sales", "new/project"]) {
      expect(stateFolder(fs, join(base, "link", name))).toBe(stateFolder(fs, join(base, "real", name)))
    }
  })
})
