import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { MergeFormat, MergeSegment } from "../../../src/core/merge/formats/merge-format.ts"
import { mergeRules } from "../../../src/core/merge/rules/merge-rules.ts"
import { relPathOf } from "../../../src/core/model/path.ts"
import { tries } from "../property.ts"

/** Base, ours, theirs, and the result; null for a conflict. */
export type FormatCase = readonly [base: string, ours: string, theirs: string, result: string | null]

// Of two raised versions one gives way (see floor.test.ts); here every word of ours stays.
const NO_FLOOR = mergeRules({ floor: [{ path: "**", off: true }], identity: [] })

const words = (text: string): readonly string[] => text.match(/[^\s"',;:=()[\]{}]+/g) ?? []

/** Runs the cases of a format, and the laws on pieces of their texts. */
export function describeFormat(format: MergeFormat, path: string, cases: Readonly<Record<string, FormatCase>>): void {
  const merge = (base: string, ours: string, theirs: string): readonly MergeSegment[] =>
    format.merge({ path: relPathOf(path), base, ours, theirs, rules: NO_FLOOR }).segments
  const textOf = (segments: readonly MergeSegment[]): string | null =>
    segments.every(({ kind }) => kind === "agreed")
      ? segments.map((segment) => (segment.kind === "agreed" ? segment.text : "")).join("")
      : null
  const oursOf = (segments: readonly MergeSegment[]): string =>
    segments.map((segment) => (segment.kind === "agreed" ? segment.text : segment.ours)).join("")

  describe(`format ${format.name}`, () => {
    it("matches its path", () => expect(format.matches(relPathOf(path))).toBe(true))

    it.each(Object.entries(cases))("%s", (_, [base, ours, theirs, result]) => {
      const segments = merge(base, ours, theirs)
      expect(textOf(segments)).toBe(result)
      if (result === null) {
        for (const word of words(ours)) expect(words(oursOf(segments))).toContain(word)
        for (const segment of segments) {
          if (segment.kind !== "conflict" || segment.ours === "") continue
          expect(
            ours
              .split("\n")
              .slice(segment.line - 1)
              .join("\n")
              .startsWith(segment.ours.trimEnd()),
          ).toBe(true)
        }
      } else {
        expect(textOf(merge(base, result, theirs))).toBe(result)
        expect(textOf(merge(theirs, result, theirs))).toBe(result)
      }
    })

    it.each(Object.entries(cases))("laws: %s", (_, [base, ours, theirs]) => {
      for (const side of [ours, theirs]) {
        expect(textOf(merge(base, side, base))).toBe(side)
        expect(textOf(merge(base, base, side))).toBe(side)
        expect(textOf(merge(base, side, side))).toBe(side)
      }
    })

    const lines = [
      ...new Set(Object.values(cases).flatMap((texts) => texts.flatMap((text) => text?.split("\n") ?? []))),
    ]
    const line = fc.constantFrom(...lines)
    const odd = fc.oneof(line, fc.string(), fc.constantFrom("{", "}", "[", "]", '"', '"""', "/*", "<<EOT", "=", "#"))
    const edit = fc.tuple(fc.nat(30), fc.constantFrom("cut", "add", "set"), odd)
    const edited = (text: string, edits: readonly (readonly [number, string, string])[]): string => {
      const all = text.split("\n").slice(0, -1)
      for (const [at, how, content] of edits) {
        const place = all.length === 0 ? 0 : at % all.length
        all.splice(place, how === "add" ? 0 : 1, ...(how === "cut" ? [] : content.split("\n")))
      }
      return all.map((each) => `${each}\n`).join("")
    }
    const sides = fc
      .tuple(
        fc.constantFrom(...Object.values(cases)),
        fc.array(edit, { maxLength: 3 }),
        fc.array(edit, { maxLength: 3 }),
      )
      .map(([[base, ours, theirs], left, right]) => [base, edited(ours, left), edited(theirs, right)] as const)

    it("never throws, loses no word of ours, merges again to the same", () => {
      fc.assert(
        fc.property(sides, ([base, ours, theirs]) => {
          const segments = merge(base, ours, theirs)
          const known = new Set([base, theirs, oursOf(segments)].flatMap(words))
          expect(words(ours).filter((word) => !known.has(word))).toEqual([])
          expect(textOf(merge(base, ours, base))).toBe(ours)
          expect(textOf(merge(base, base, theirs))).toBe(theirs)
          expect(textOf(merge(base, theirs, theirs))).toBe(theirs)
          const text = textOf(segments)
          if (text !== null) expect(textOf(merge(theirs, text, theirs))).toBe(text)
        }),
        tries(500),
      )
    })
  })
}
