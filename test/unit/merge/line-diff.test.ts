import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { diff3 } from "../../../src/core/merge/text/diff3.ts"
import { matchLines } from "../../../src/core/merge/text/line-diff.ts"
import { hunksOf } from "../../../src/core/merge/text/match.ts"
import { unifiedDiff } from "../../../src/core/merge/text/unified-diff.ts"
import { tries } from "../property.ts"

const someLines = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 14 })

/** The textbook table: slow, and easy to believe. */
function commonLength(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, () => 0)
  for (const line of a) {
    const next = [0]
    b.forEach((other, j) => next.push(line === other ? row[j]! + 1 : Math.max(row[j + 1]!, next[j]!)))
    row = next
  }
  return row[b.length]!
}

describe("matchLines", () => {
  it("matches equal lines in order, and as many as possible", () => {
    fc.assert(
      fc.property(someLines, someLines, (a, b) => {
        const pairs = [...matchLines(a, b)].flatMap((to, from) => (to < 0 ? [] : [[from, to] as const]))
        expect(pairs.map(([from]) => a[from])).toEqual(pairs.map(([, to]) => b[to]))
        expect(pairs.map(([, to]) => to)).toEqual(pairs.map(([, to]) => to).toSorted((x, y) => x - y))
        expect(pairs).toHaveLength(commonLength(a, b))
      }),
      tries(2000),
    )
  })

  it("puts a repeated block at the end of its repetitions, as git does", () => {
    const hunks = hunksOf(matchLines(["x", "m", "e", "z"], ["x", "m", "e", "m", "e", "z"]), 6)
    expect(hunks).toEqual([{ aStart: 3, aEnd: 3, bStart: 3, bEnd: 5 }])
  })

  it("puts a change beside one of the other text, where equal lines leave the choice", () => {
    const [a, b] = [
      ["x", "", "", "y", "z"],
      ["x", "", "", "new", "", "Y", "z"],
    ]
    expect(hunksOf(matchLines(a, b), 7)).toEqual([{ aStart: 3, aEnd: 4, bStart: 3, bEnd: 6 }])
  })

  it("stays fast on 6,000 lines that repeat themselves", () => {
    const column = (n: number): string[] => [
      `      - name: column_${n}`,
      "        data_tests:",
      "          - not_null",
      "",
    ]
    const base = Array.from({ length: 1500 }, (_, n) => column(n)).flat()
    const ours = base.flatMap((line, n) => (n % 40 === 7 ? [line, "          - unique"] : [line]))
    const theirs = base.map((line, n) => (n % 20 === 0 ? `${line}_id` : line)).filter((_, n) => n % 50 !== 31)
    const start = performance.now()
    diff3(base, ours, theirs)
    // Takes about 15 ms; the bound leaves room for a busy machine, and none for a quadratic algorithm.
    expect(performance.now() - start).toBeLessThan(500)
  })
})

describe("unifiedDiff", () => {
  const paths = { pathA: "a/x", pathB: "b/x" }
  const rows: [string, string, string, string][] = [
    ["equal texts", "a\n", "a\n", ""],
    ["a changed line", "a\nb\nc\n", "a\nB\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n"],
    ["a new file", "", "a\nb\n", "@@ -0,0 +1,2 @@\n+a\n+b\n"],
    ["a removed file", "a\n", "", "@@ -1 +0,0 @@\n-a\n"],
    ["a lost newline", "a\n", "a", "@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n"],
    [
      "changes far apart",
      "1\n2\n3\n4\n5\n6\n7\n8\n9\n",
      "x\n2\n3\n4\n5\n6\n7\n8\ny\n",
      "@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n@@ -6,4 +6,4 @@\n 6\n 7\n 8\n-9\n+y\n",
    ],
  ]
  it.each(rows)("%s", (_, a, b, hunks) => {
    expect(unifiedDiff(a, b, paths)).toBe(hunks === "" ? "" : `--- a/x\n+++ b/x\n${hunks}`)
  })

  it("shows as much context as asked for", () => {
    expect(unifiedDiff("1\n2\n3\n", "1\n2\nx\n", { ...paths, context: 0 })).toBe(
      "--- a/x\n+++ b/x\n@@ -3 +3 @@\n-3\n+x\n",
    )
  })
})
