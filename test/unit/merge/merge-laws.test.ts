import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { merge } from "./build.ts"
import { tries } from "../property.ts"

const line = fc.constantFrom("a", "b", "c", "key: 1", "key: 2", "", "  - x", "{% endmacro %}")
const text = fc
  .tuple(fc.array(fc.tuple(line, fc.constantFrom("\n", "\n", "\r\n")), { maxLength: 12 }), fc.boolean(), fc.boolean())
  .map(([lines, bom, final]) => {
    const body = lines.map(([content, end]) => content + end).join("")
    return (bom ? "\uFEFF" : "") + (final ? body : body.replace(/\r?\n$/, ""))
  })
const style = fc.constantFrom("inline", "sidecar", "ours", "theirs") as fc.Arbitrary<
  "inline" | "sidecar" | "ours" | "theirs"
>
const runs = tries(500)

function countsOf(content: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const each of content.replace(/^\uFEFF/, "").split(/\r?\n/)) counts.set(each, (counts.get(each) ?? 0) + 1)
  return counts
}

describe("laws", () => {
  it("merge(b, o, b) = o, merge(b, b, t) = t, merge(b, x, x) = x, byte for byte", () => {
    fc.assert(
      fc.property(text, text, style, (base, other, conflictStyle) => {
        expect(merge(base, other, base, conflictStyle)).toMatchObject({ kind: "clean", text: other })
        expect(merge(base, base, other, conflictStyle)).toMatchObject({ kind: "clean", text: other })
        expect(merge(base, other, other, conflictStyle)).toMatchObject({ kind: "clean", text: other })
        expect(merge(null, other, other, conflictStyle)).toMatchObject({ kind: "clean", text: other })
      }),
      runs,
    )
  })

  it("loses no line that the team wrote, in no style but theirs", () => {
    fc.assert(
      fc.property(fc.option(text), text, text, style, (base, ours, theirs, conflictStyle) => {
        fc.pre(conflictStyle !== "theirs")
        const [before, now] = [countsOf(base ?? ""), countsOf(ours)]
        const result = countsOf(merge(base, ours, theirs, conflictStyle).text)
        for (const [content, count] of now) {
          if (content !== "")
            expect(result.get(content) ?? 0).toBeGreaterThanOrEqual(count - (before.get(content) ?? 0))
        }
      }),
      tries(3000),
    )
  })

  it("keeps the BOM and gives no line an end that neither side uses", () => {
    fc.assert(
      fc.property(text, text, text, (base, ours, theirs) => {
        fc.pre(base !== ours && /\n/.test(ours))
        const result = merge(base, ours, theirs).text
        expect(result.startsWith("\uFEFF")).toBe(ours.startsWith("\uFEFF"))
        if (!ours.includes("\r\n")) expect(result).not.toContain("\r\n")
        if (!/(?<!\r)\n/.test(ours)) expect(result).not.toMatch(/(?<!\r)\n/)
      }),
      runs,
    )
  })

  it("gives the same result twice, and a clean merge has nothing left to merge", () => {
    fc.assert(
      fc.property(text, text, text, (base, ours, theirs) => {
        const first = merge(base, ours, theirs)
        expect(merge(base, ours, theirs)).toEqual(first)
        if (first.kind === "clean") expect(merge(theirs, first.text, theirs).text).toBe(first.text)
      }),
      runs,
    )
  })
})

describe("beside git", () => {
  /** git's own three-way merge of LF texts: undefined for a conflict. */
  function gitMerge(folder: string, base: string, ours: string, theirs: string): string | undefined {
    const files = { ours, base, theirs }
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
    try {
      return execFileSync("git", ["merge-file", "-p", "--diff3", "ours", "base", "theirs"], {
        cwd: folder,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      })
    } catch {
      return undefined
    }
  }

  it("is clean where git is clean, with the same text, and nearly nowhere else", () => {
    const folder = mkdtempSync(join(tmpdir(), "merge-"))
    const base = Array.from({ length: 20 }, (_, n) => (n % 5 === 4 ? "" : `line ${n % 7}`))
    const edits = fc.array(
      fc.tuple(fc.nat(19), fc.constantFrom("edit", "insert", "delete"), fc.constantFrom("p", "q")),
      {
        minLength: 1,
        maxLength: 3,
      },
    )
    let [total, same] = [0, 0]
    const edited = (changes: readonly (readonly [number, string, string])[]): string =>
      base
        .flatMap((content, n) => {
          const change = changes.find(([at]) => at === n)
          if (change === undefined) return [content]
          return change[1] === "edit" ? [change[2]] : change[1] === "insert" ? [change[2], content] : []
        })
        .map((content) => `${content}\n`)
        .join("")
    try {
      fc.assert(
        fc.property(edits, edits, (left, right) => {
          const sides = [edited([]), edited(left), edited(right)] as const
          const ours = merge(...sides)
          const git = gitMerge(folder, ...sides)
          total++
          if (git === undefined ? ours.kind === "conflict" : ours.kind === "clean" && ours.text === git) same++
        }),
        tries(150),
      )
    } finally {
      rmSync(folder, { recursive: true })
    }
    // Repeated lines can be matched in several equally short ways, so the two are not the same program.
    expect(same / total).toBeGreaterThan(0.97)
  })
})
