import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { merge } from "./build.ts"
import { tries } from "../property.ts"
import { editsOf, isReadable, SAMPLES } from "./sample-files.ts"

describe("laws on files as projects have them", () => {
  for (const sample of SAMPLES) {
    const edits = editsOf(sample)
    const sides = fc
      .tuple(fc.option(edits), edits, edits)
      .map(([first, left, right]) => {
        const base = first === null ? sample.text : first(sample.text)
        return [base, left(base), right(base)] as const
      })
      .filter((texts) => texts.every((text) => isReadable(sample, text)))

    const usual = editsOf(sample, false)
    const usualSides = fc
      .tuple(usual, usual)
      .map(([left, right]) => [sample.text, left(sample.text), right(sample.text)] as const)
      .filter((texts) => texts.every((text) => isReadable(sample, text)))

    it(`${sample.path}: a merge of a merge changes nothing`, () => {
      let [clean, same] = [0, 0]
      fc.assert(
        fc.property(usualSides, ([base, ours, theirs]) => {
          const result = merge(base, ours, theirs, "inline", sample.path)
          if (result.kind === "conflict") return
          const again = merge(base, result.text, theirs, "inline", sample.path)
          clean++
          if (again.kind === "clean" && again.text === result.text) same++
        }),
        tries(80),
      )
      // Which of several equal lines, or which line a comment speaks of, can look otherwise from the result.
      expect(same / clean).toBeGreaterThan(0.95)
    })

    it(`${sample.path}: conflicts settled as ours or theirs leave a file that can be read`, () => {
      fc.assert(
        fc.property(sides, fc.constantFrom("ours", "theirs"), ([base, ours, theirs], style) => {
          const result = merge(base, ours, theirs, style as "ours" | "theirs", sample.path)
          expect(isReadable(sample, result.text)).toBe(true)
        }),
        tries(60),
      )
    })
  }
})
