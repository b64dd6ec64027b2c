import { describe, expect, it } from "vitest"
import type { Obstacle } from "../../../src/core/merge/tree/blocked.ts"
import { relPathOf } from "../../../src/core/model/path.ts"
import { update } from "./build.ts"

const obstacles = (...rows: readonly (readonly [at: string, obstacle: Obstacle])[]) => ({
  obstacles: new Map(rows.map(([at, obstacle]) => [relPathOf(at), obstacle])),
})

const file = (path: string): Obstacle => ({ path: relPathOf(path), kind: "file", holds: [relPathOf(path)] })
const folder = (path: string, ...holds: readonly string[]): Obstacle => ({
  path: relPathOf(path),
  kind: "folder",
  holds: holds.map(relPathOf),
})

describe("something stands where a file would have to be", () => {
  it("a file of the team's in the place of a folder: only what would be in there stays away", () => {
    const result = update({}, { d: "own\n" }, { "d/x": "1\n", y: "2\n" }, obstacles(["d/x", file("d")]))
    expect(result.lines).toEqual(["d/x: none blocked conflict", "y: create new-in-template clean"])
    expect(result.changes[0]?.conflicts?.[0]).toMatchObject({ kind: "blocked", blockedBy: { path: "d", kind: "file" } })
    expect(result.after).toEqual({ d: "own\n", y: "2\n" })
  })

  it("no conflict style decides it", () => {
    for (const conflictStyle of ["inline", "sidecar", "ours", "theirs"] as const) {
      const result = update({}, { d: "own\n" }, { "d/x": "1\n" }, { conflictStyle, ...obstacles(["d/x", file("d")]) })
      expect(result.after).toEqual({ d: "own\n" })
      expect(result.changes[0]?.status).toBe("conflict")
    }
  })

  it("the template turns its file into a folder: nothing is in the way, unless the team worked on the file", () => {
    const theirs = { "d/x": "1\n" }
    const more = obstacles(["d/x", file("d")])
    expect(update({ d: "b\n" }, { d: "b\n" }, theirs, more).after).toEqual({ "d/x": "1\n" })
    const edited = update({ d: "b\n" }, { d: "o\n" }, theirs, more)
    expect(edited.lines).toEqual(["d: keep deleted-by-template-team-changed conflict", "d/x: none blocked conflict"])
    expect(edited.after).toEqual({ d: "o\n" })
  })

  it("the template turns its folder into a file: as long as nothing else is in it", () => {
    const base = { "d/x": "1\n", "d/y": "2\n" }
    const theirs = { d: "t\n" }
    expect(update(base, base, theirs, obstacles(["d", folder("d", "d/x", "d/y")])).after).toEqual({ d: "t\n" })
    const kept = update(base, base, theirs, obstacles(["d", folder("d", "d/own", "d/x", "d/y")]))
    expect(kept.lines).toContain("d: none blocked conflict")
    expect(update({}, {}, theirs, obstacles(["d", folder("d")])).lines).toEqual(["d: none blocked conflict"])
  })

  it("a move that is blocked leaves the file where it is, and what would come there beside it", () => {
    const result = update(
      { a: "1\n", b: "2\n" },
      { a: "1o\n", b: "2\n", d: "own\n" },
      { "d/a": "1\n", a: "2\n" },
      {
        renames: [
          { from: "a", to: "d/a" },
          { from: "b", to: "a" },
        ],
        ...obstacles(["d/a", file("d")]),
      },
    )
    expect(result.after).toMatchObject({ a: "1o\n", b: "2\n", d: "own\n" })
    expect(result.changes.map(({ status }) => status)).toEqual(["conflict", "conflict"])
  })

  it("a path that is to be kept asks nobody", () => {
    const more = { keep: (path: string) => path === "d/x", ...obstacles(["d/x", file("d")]) }
    expect(update({}, { d: "own\n" }, { "d/x": "1\n" }, more).lines).toEqual(["d/x: keep kept-by-setting skipped"])
  })
})
