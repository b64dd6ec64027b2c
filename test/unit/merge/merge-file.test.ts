import { describe, expect, it } from "vitest"
import type { FileEntry } from "../../../src/core/model/tree.ts"
import { bytesOf, entry, merge } from "./build.ts"

const L = (...lines: string[]): string => lines.map((line) => `${line}\n`).join("")

describe("text", () => {
  const clean: [string, string, string, string, string][] = [
    [
      "changes apart",
      L("1", "2", "3", "4"),
      L("one", "2", "3", "4"),
      L("1", "2", "3", "four"),
      L("one", "2", "3", "four"),
    ],
    ["the same change twice", L("1", "2", "3"), L("1", "x", "3"), L("1", "x", "3", "4"), L("1", "x", "3", "4")],
    ["insert and delete", L("1", "2", "3", "4"), L("1", "1a", "2", "3", "4"), L("1", "2", "3"), L("1", "1a", "2", "3")],
    ["neighbouring settings", L("a: 1", "b: 2"), L("a: 9", "b: 2"), L("a: 1", "b: 8"), L("a: 9", "b: 8")],
    ["base without final newline", "a\nb", L("a", "b", "c"), "x\nb", L("x", "b", "c")],
  ]
  it.each(clean)("%s: clean", (_, base, ours, theirs, result) => {
    expect(merge(base, ours, theirs)).toMatchObject({ kind: "clean", text: result })
  })

  it("marks a conflict with its base, without the lines on which both agree", () => {
    const result = merge(L("a", "b", "c"), L("a", "new", "x", "c"), L("a", "new", "y", "c"))
    expect(result.text).toBe(
      L("a", "new", "<<<<<<< team", "x", "||||||| 1.3.0", "b", "=======", "y", ">>>>>>> 1.4.0", "c"),
    )
    expect(result).toMatchObject({
      kind: "conflict",
      conflicts: [{ kind: "both-changed", at: "lines 3-9", base: "b", ours: "x", theirs: "y" }],
    })
  })

  it("takes neighbouring changes for one place, as git does", () => {
    expect(merge(L("select a", "from b"), L("select x", "from b"), L("select a", "from y")).kind).toBe("conflict")
  })

  it("keeps every line when the base had no final newline and both sides appended", () => {
    const { kind, text } = merge("a\nb", L("a", "b", "ours"), L("a", "b", "theirs"))
    expect(kind).toBe("conflict")
    expect(text.match(/^b$/gm)).toHaveLength(1)
  })

  it("has no base to show when both sides added the file", () => {
    const result = merge(null, L("a", "1", "2", "3", "4", "x"), L("b", "1", "2", "3", "4", "x"))
    expect(result.text).toBe(L("<<<<<<< team", "a", "=======", "b", ">>>>>>> 1.4.0", "1", "2", "3", "4", "x"))
    expect(result).toMatchObject({ conflicts: [{ kind: "both-added", at: "lines 1-5" }] })
  })

  it.each([
    ["ours", L("o", "2", "3", "four")],
    ["theirs", L("t", "2", "3", "four")],
  ] as const)("style %s takes that side where both changed", (style, text) => {
    const result = merge(L("1", "2", "3", "4"), L("o", "2", "3", "4"), L("t", "2", "3", "four"), style)
    expect(result).toMatchObject({ kind: "clean", text })
  })

  it("style sidecar leaves ours, names its lines and puts theirs beside it", () => {
    const theirs = entry(L("0", "1", "2", "3", "t"))
    const result = merge(L("1", "2", "3", "4"), L("1", "2", "3", "o"), theirs, "sidecar")
    expect(result).toMatchObject({ text: L("1", "2", "3", "o"), beside: theirs, conflicts: [{ at: "lines 4-4" }] })
  })
})

describe("the form of ours", () => {
  const rows: [string, string, string, string, string][] = [
    ["CRLF", "1\n2\n3\n", "1\r\n2\r\n3\r\n", "1\n2\nx\ny\n", "1\r\n2\r\nx\r\ny\r\n"],
    ["CRLF with an edit", "1\n2\n3\n", "o\r\n2\r\n3\r\n", "1\n2\nx\n", "o\r\n2\r\nx\r\n"],
    ["template in CRLF", "1\r\n2\r\n3\r\n", "o\n2\n3\n", "1\r\n2\r\nx\r\n", "o\n2\nx\n"],
    ["only the template's line ends changed", "1\n2\n", "o\n2\n", "1\r\n2\r\n", "o\n2\n"],
    ["BOM", "1\n2\n3\n", "\uFEFFo\n2\n3\n", "1\n2\nx\n", "\uFEFFo\n2\nx\n"],
    ["template with BOM", "\uFEFF1\n2\n3\n", "o\n2\n3\n", "\uFEFF1\n2\nx\n", "o\n2\nx\n"],
    ["no final newline", "1\n2\n3", "o\n2\n3", "1\n2\nx", "o\n2\nx"],
    ["final newline removed by the team", "1\n2\n3\n", "1\n2\n3", "x\n2\n3\n", "x\n2\n3"],
    ["final newline added by the template", "1\n2\n3", "o\n2\n3", "1\n2\n3\n", "o\n2\n3\n"],
    ["appended behind no final newline", "1\n2\n3", "o\n2\n3", "1\n2\n3\n4\n", "o\n2\n3\n4\n"],
    ["a lone CR is content", "1\n2\n3\n", "a\rb\n2\n3\n", "1\n2\nx\n", "a\rb\n2\nx\n"],
  ]
  it.each(rows)("%s", (_, base, ours, theirs, result) => {
    expect(merge(base, ours, theirs)).toMatchObject({ kind: "clean", text: result })
  })

  it("mixed line ends: each line keeps its own, a replaced one too, a new one gets the usual", () => {
    const result = merge("1\n2\n3\n4\n5\n", "o\n2\r\n3\n4\r\n5\n", "1\n2\n3\nx\nnew\n5\n")
    expect(result.text).toBe("o\n2\r\n3\n4\r\n5\n".replace("4\r\n", "x\r\nnew\n"))
  })

  it("markers have the line ends of the file", () => {
    const { text } = merge("1\n", "o\r\n", "t\n")
    expect(text).toBe("<<<<<<< team\r\no\r\n||||||| 1.3.0\r\n1\r\n=======\r\nt\r\n>>>>>>> 1.4.0\r\n")
  })

  it("counts other line ends as untouched", () => {
    expect(merge("1\n2\n", "1\r\n2\r\n", "1\n3\n")).toMatchObject({ changedBy: { ours: false, theirs: true } })
  })
})

describe("what is no text", () => {
  const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0))
  const rows: [string, Uint8Array, Uint8Array, Uint8Array][] = [
    ["one side of another encoding", latin1("\xe4\nb\nc\n"), bytesOf("ä\nb\nc\n"), latin1("\xe4\nb\n\xfc\n")],
    ["UTF-16", latin1("a\nb\n"), latin1("\xff\xfea\nb\n"), latin1("a\nb\n\xfc\n")],
    ["NUL", bytesOf("a\0b"), bytesOf("x\0b"), bytesOf("a\0y")],
  ]
  it.each(rows)("%s: ours stays, theirs goes beside it", (_, base, ours, theirs) => {
    const result = merge(base, ours, theirs)
    expect(result).toMatchObject({ kind: "conflict", file: { bytes: ours }, beside: { bytes: theirs } })
    expect(result).toMatchObject({ conflicts: [{ kind: "not-mergeable", at: "" }] })
    expect(merge(base, ours, theirs, "theirs")).toMatchObject({ kind: "clean", file: { bytes: theirs } })
    expect(merge(base, ours, base)).toMatchObject({ kind: "clean", file: { bytes: ours } })
    expect(merge(base, base, theirs)).toMatchObject({ kind: "clean", file: { bytes: theirs } })
  })
})

describe("an encoding of single bytes", () => {
  const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0))

  it("stays what it is", () => {
    const result = merge(latin1("\xe4\nb\nc\n"), latin1("\xe4\xe9\r\nb\r\nc\r\n"), latin1("\xe4\nb\nc\xfc\n"))
    expect(result).toMatchObject({ kind: "clean", file: { bytes: latin1("\xe4\xe9\r\nb\r\nc\xfc\r\n") } })
  })

  it("keeps its bytes in a conflict", () => {
    const result = merge(latin1("\xe4\n"), latin1("\xe9\n"), latin1("\xfc\n"))
    const text = "<<<<<<< team\n\xe9\n||||||| 1.3.0\n\xe4\n=======\n\xfc\n>>>>>>> 1.4.0\n"
    expect(result).toMatchObject({ kind: "conflict", file: { bytes: latin1(text) } })
  })
})

describe("modes and links", () => {
  const x = (text: string): FileEntry => entry(text, "755")
  const link = (text: string): FileEntry => entry(text, "link")
  const rows: [string, FileEntry | null, FileEntry, FileEntry, FileEntry][] = [
    ["template makes it executable, team edits", entry("a\n"), entry("b\n"), x("a\n"), x("b\n")],
    ["team makes it executable, template edits", entry("a\n"), x("a\n"), entry("b\n"), x("b\n")],
    ["template takes the bit away", x("a\n"), x("b\n"), entry("a\n"), entry("b\n")],
    ["both added it, one executable", null, entry("a\n"), x("a\n"), x("a\n")],
    ["link changed by the template", link("a"), link("a"), link("b"), link("b")],
    ["link changed by the team", link("a"), link("b"), link("a"), link("b")],
    ["link that the template makes a file", link("a"), link("a"), entry("b\n"), entry("b\n")],
  ]
  it.each(rows)("%s", (_, base, ours, theirs, result) => {
    expect(merge(base, ours, theirs)).toMatchObject({ kind: "clean", file: result })
  })

  const conflicts: [string, FileEntry, FileEntry, FileEntry][] = [
    ["both changed a link", link("a"), link("b"), link("c")],
    ["link against edit", entry("a\n"), link("b"), entry("c\n")],
    ["edit against link", entry("a\n"), entry("b\n"), link("c")],
  ]
  it.each(conflicts)("%s: conflict", (_, base, ours, theirs) => {
    expect(merge(base, ours, theirs)).toMatchObject({ kind: "conflict", file: ours, beside: theirs })
  })
})
