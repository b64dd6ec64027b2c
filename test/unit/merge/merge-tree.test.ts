import { describe, expect, it } from "vitest"
import { entry, update, type Files } from "./build.ts"

const one = (file: Files[string] | undefined): Files => (file === undefined ? {} : { "a.sql": file })

type Row = [string, Files[string] | undefined, Files[string] | undefined, Files[string] | undefined, string, object]

describe("policy merge: the table of the design", () => {
  const rows: Row[] = [
    ["- - t", undefined, undefined, "t\n", "create new-in-template clean", { "a.sql": "t\n" }],
    ["- o t=o", undefined, "t\n", "t\n", "adopt already-there clean", { "a.sql": "t\n" }],
    ["- o t=o but for line ends", undefined, "t\r\n", "t\n", "adopt already-there clean", { "a.sql": "t\r\n" }],
    [
      "- o t≠o",
      undefined,
      "o\n",
      "t\n",
      "merge both-added conflict",
      { "a.sql": "<<<<<<< team\no\n=======\nt\n>>>>>>> 1.4.0\n" },
    ],
    ["b =b =b", "b\n", "b\n", "b\n", "none unchanged clean", { "a.sql": "b\n" }],
    ["b =b ≠b", "b\n", "b\n", "t\n", "update template-changed clean", { "a.sql": "t\n" }],
    ["b =b ≠b in CRLF", "b\n", "b\r\n", "t\n", "update template-changed clean", { "a.sql": "t\r\n" }],
    ["b ≠b =b", "b\n", "o\n", "b\n", "keep team-changed clean", { "a.sql": "o\n" }],
    ["b ≠b ≠b apart", "1\n2\n3\n", "o\n2\n3\n", "1\n2\nt\n", "merge both-changed clean", { "a.sql": "o\n2\nt\n" }],
    ["b ≠b ≠b alike", "b\n", "t\n", "t\n", "none already-there clean", { "a.sql": "t\n" }],
    [
      "b ≠b ≠b at one place",
      "b\n",
      "o\n",
      "t\n",
      "merge both-changed conflict",
      { "a.sql": "<<<<<<< team\no\n||||||| 1.3.0\nb\n=======\nt\n>>>>>>> 1.4.0\n" },
    ],
    ["b - =b", "b\n", undefined, "b\n", "none deleted-by-team clean", {}],
    ["b - ≠b", "b\n", undefined, "t\n", "none deleted-by-team-template-changed clean", {}],
    ["b =b -", "b\n", "b\n", undefined, "delete deleted-by-template clean", {}],
    ["b =b - in CRLF", "b\n", "b\r\n", undefined, "delete deleted-by-template clean", {}],
    ["b ≠b -", "b\n", "o\n", undefined, "keep deleted-by-template-team-changed conflict", { "a.sql": "o\n" }],
    ["b - -", "b\n", undefined, undefined, "none deleted-by-template clean", {}],
    [
      "base by hash, =b ≠b",
      { text: "b\n", hashOnly: true },
      "b\n",
      "t\n",
      "update template-changed clean",
      { "a.sql": "t\n" },
    ],
    [
      "base by hash, ≠b =b",
      { text: "b\n", hashOnly: true },
      "o\n",
      "b\n",
      "keep team-changed clean",
      { "a.sql": "o\n" },
    ],
    ["binary, both", "b\0", "o\0", "t\0", "merge both-changed conflict", { "a.sql": "o\0", "a.sql.theirs": "t\0" }],
    [
      "executable bit only",
      "b\n",
      "b\n",
      { text: "b\n", mode: "755" },
      "update template-changed clean",
      { "a.sql": "(755) b\n" },
    ],
    [
      "file made a link",
      "b\n",
      "b\n",
      { text: "c", mode: "link" },
      "update template-changed clean",
      { "a.sql": "(link) c" },
    ],
  ]
  it.each(rows)("%s", (_, base, ours, theirs, line, after) => {
    const result = update(one(base), one(ours), one(theirs))
    expect(result.lines).toEqual([`a.sql: ${line}`])
    expect(result.after).toEqual(after)
  })

  it("tells what the person has to decide about a deleted file", () => {
    const { changes } = update({ "a.sql": "b\n" }, { "a.sql": "o\n" }, {})
    expect(changes[0]).toMatchObject({
      conflicts: [{ kind: "modify-delete", path: "a.sql", at: "", base: "b", ours: "o" }],
      writes: [],
    })
  })

  it("does not report a placeholder that went when its folder got files", () => {
    const { lines } = update({ "seeds/.gitkeep": "" }, { "seeds/x.csv": "1\n" }, { "seeds/.gitkeep": "keep\n" })
    expect(lines).toEqual(["seeds/.gitkeep: none deleted-by-team clean"])
  })
})

describe("policy once", () => {
  const once = (text: string) => ({ text, policy: "once", hashOnly: true }) as const
  const rows: [string, ...Row, boolean][] = [
    ["is created", "", undefined, undefined, once("t\n"), "create new-in-template clean", { "a.sql": "t\n" }, false],
    [
      "leaves the team's own file",
      "",
      undefined,
      "o\n",
      once("t\n"),
      "keep owned-by-team skipped",
      { "a.sql": "o\n" },
      false,
    ],
    [
      "is not touched again",
      "",
      once("b\n"),
      "b\n",
      once("t\n"),
      "keep owned-by-team skipped",
      { "a.sql": "b\n" },
      false,
    ],
    ["nothing new", "", once("b\n"), "b\n", once("b\n"), "none unchanged clean", { "a.sql": "b\n" }, false],
    ["edited, nothing new", "", once("b\n"), "o\n", once("b\n"), "keep owned-by-team clean", { "a.sql": "o\n" }, false],
    [
      "follows new answers",
      "",
      once("b\n"),
      "b\n",
      once("t\n"),
      "update template-changed clean",
      { "a.sql": "t\n" },
      true,
    ],
    [
      "edited, new answers",
      "",
      once("b\n"),
      "o\n",
      once("t\n"),
      "keep owned-by-team skipped",
      { "a.sql": "o\n" },
      true,
    ],
    ["stays deleted", "", once("b\n"), undefined, once("t\n"), "none deleted-by-team clean", {}, true],
    [
      "outlives the template's",
      "",
      once("b\n"),
      "b\n",
      undefined,
      "keep owned-by-team skipped",
      { "a.sql": "b\n" },
      false,
    ],
    ["goes with new answers", "", once("b\n"), "b\n", undefined, "delete deleted-by-template clean", {}, true],
  ]
  it.each(rows)("%s", (_, __, base, ours, theirs, line, after, answersChanged) => {
    const result = update(one(base), one(ours), one(theirs), { answersChanged })
    expect(result.lines).toEqual([`a.sql: ${line}`])
    expect(result.after).toEqual(after)
  })

  it("follows new answers to a new path, when nobody has edited it", () => {
    const base = { "sales/a.sql": { ...once("b\n"), origin: "a" }, "sales/b.sql": { ...once("b2\n"), origin: "b" } }
    const theirs = { "orders/a.sql": { ...once("t\n"), origin: "a" }, "orders/b.sql": { ...once("t2\n"), origin: "b" } }
    const result = update(base, { "sales/a.sql": "b\n", "sales/b.sql": "o\n" }, theirs, { answersChanged: true })
    expect(result.after).toEqual({ "orders/a.sql": "t\n", "sales/b.sql": "o\n" })
    expect(result.lines).toEqual([
      "sales/a.sql > orders/a.sql: rename renamed-by-answer clean",
      "sales/b.sql > orders/b.sql: keep owned-by-team skipped",
    ])
  })
})

describe("policy replace", () => {
  const replace = (text: string) => ({ text, policy: "replace", hashOnly: true }) as const
  const rows: Row[] = [
    ["changed by both", replace("b\n"), "o\n", replace("t\n"), "update replaced clean", { "a.sql": "t\n" }],
    [
      "changed by the template",
      replace("b\n"),
      "b\n",
      replace("t\n"),
      "update template-changed clean",
      { "a.sql": "t\n" },
    ],
    ["changed by the team", replace("b\n"), "o\n", replace("b\n"), "keep team-changed clean", { "a.sql": "o\n" }],
    ["changed alike", replace("b\n"), "t\n", replace("t\n"), "none already-there clean", { "a.sql": "t\n" }],
    [
      "deleted by the team",
      replace("b\n"),
      undefined,
      replace("t\n"),
      "none deleted-by-team-template-changed clean",
      {},
    ],
    [
      "never overwrites what it did not render",
      undefined,
      "o\n",
      replace("t\n"),
      "merge both-added conflict",
      { "a.sql": "o\n", "a.sql.theirs": "t\n" },
    ],
  ]
  it.each(rows)("%s", (_, base, ours, theirs, line, after) => {
    const result = update(one(base), one(ours), one(theirs))
    expect(result.lines).toEqual([`a.sql: ${line}`])
    expect(result.after).toEqual(after)
  })
})

describe("settings", () => {
  it("never touches what the team keeps, under its old name neither", () => {
    const keep = (path: string): boolean => path === "a.sql" || path === "c.sql"
    const result = update(
      { "a.sql": "b\n" },
      { "a.sql": "b\n" },
      { "b.sql": "t\n", "c.sql": "c\n" },
      {
        keep,
        renames: [{ from: "a.sql", to: "b.sql" }],
      },
    )
    expect(result.lines).toEqual(["a.sql > b.sql: keep kept-by-setting skipped", "c.sql: keep kept-by-setting skipped"])
    expect(result.after).toEqual({ "a.sql": "b\n" })
  })

  it.each([
    ["sidecar", "conflict", { "a.sql": "o\n", "a.sql.theirs": "t\n" }],
    ["ours", "clean", { "a.sql": "o\n" }],
    ["theirs", "clean", { "a.sql": "t\n" }],
  ] as const)("conflict style %s", (conflictStyle, status, after) => {
    const result = update({ "a.sql": "b\n" }, { "a.sql": "o\n" }, { "a.sql": "t\n" }, { conflictStyle })
    expect(result.after).toEqual(after)
    expect(result.changes).toMatchObject([{ action: "merge", reason: "both-changed", status }])
  })

  it("is deterministic, in path order, one change for each path", () => {
    const files: Files = { "b/z": "1\n", a: "2\n", B: "3\n" }
    const run = () => update(files, files, { ...files, a: "4\n", é: "5\n" }).changes
    expect(run()).toEqual(run())
    expect(run().map(({ path }) => path)).toEqual(["B", "a", "b/z", "é"])
  })

  it("expects exactly what is there", () => {
    const { changes } = update({ a: "b\n" }, { a: "b\n" }, { a: "t\n", b: "n\n" })
    const hash = "0263829989b6fd954f72baaf2fc64bc2e2f01d692d4de72986ea808f6e99813f"
    expect(changes.flatMap(({ writes }) => writes)).toEqual([
      { path: "a", before: { mode: "644", sha256: hash }, after: entry("t\n") },
      { path: "b", before: null, after: entry("n\n") },
    ])
  })
})
