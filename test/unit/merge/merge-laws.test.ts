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
