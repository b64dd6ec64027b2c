import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parse } from "yaml"
import { merge as mergeFiles } from "./build.ts"
import { mergeValues } from "./oracle.ts"
import { edit, edits, files, printJson, printYaml, styles, type File, type Style, type Value } from "./structured.ts"
import { tries } from "../property.ts"

const STYLE: Style = { unit: 2, seqOffset: 2, comments: false, blanks: true }
const runs = tries(600)

function editAll(file: File, changes: readonly (readonly number[])[], side: string): File {
  return changes.reduce<File>((result, change) => edit(result, change, side) as File, file)
}

const formats = [
  { path: "models/schema.yml", print: printYaml, read: (text: string): unknown => parse(text, { logLevel: "error" }) },
  { path: "settings.json", print: printJson, read: (text: string): unknown => JSON.parse(text) },
]

for (const { path, print, read } of formats) {
  const merge = (base: string, ours: string, theirs: string) => mergeFiles(base, ours, theirs, "inline", path)

  describe(`laws for ${path}`, () => {
    it("takes what one side did, byte for byte", () => {
      fc.assert(
        fc.property(files, files, styles, (base, other, style) => {
          const [b, x] = [print(base, STYLE), print(other, style)]
          expect(merge(b, x, b)).toMatchObject({ kind: "clean", text: x })
          expect(merge(b, b, x)).toMatchObject({ kind: "clean", text: x })
          expect(merge(b, x, x)).toMatchObject({ kind: "clean", text: x })
        }),
        tries(100),
      )
    })

    it("is the three-way merge of the values, whatever style ours is written in", () => {
      let [clean, open] = [0, 0]
      fc.assert(
        fc.property(files, edits, edits, styles, (base, left, right, style) => {
          const [ours, theirs] = [editAll(base, left, "us"), editAll(base, right, "them")]
          const expected = mergeValues(base as Value, ours as Value, theirs as Value)
          const texts = [print(base, STYLE), print(ours, style), print(theirs, STYLE)] as const
          const result = merge(...texts)
          if (expected.open) {
            // A careful person may still see what to do; but never may a change get lost.
            if (result.kind === "clean") expect(expected.lenient).toBe(true)
            return
          }
          if (result.kind === "clean") {
            clean++
            expect(sorted(read(result.text) as Value)).toEqual(sorted(expected.value!))
            if (path.endsWith("yml")) for (const line of commentsOf(texts[1])) expect(result.text).toContain(line)
            expect(merge(texts[0], result.text, texts[2])).toMatchObject({ kind: "clean", text: result.text })
          } else if (!style.comments) open++
        }),
        runs,
      )
      expect(open / (clean + open)).toBeLessThan(0.02)
    })

    it("never throws, and never makes an unreadable text of readable ones", () => {
      const chunk = fc.constantFrom(
        ..."{ } [ ] : , # & * | > - ? ' \" \t \u0000 a 1 é ! % @ ` ~".split(" "),
        " ",
        "\n",
        "a: 1\n",
        "- a\n",
        "  b: 2\n",
        "---\n",
        "a: |\n  x\n",
        "{{ x }}",
        "<<: *a\n",
        "&a ",
      )
      const broken = fc.array(chunk, { maxLength: 25 }).map((parts) => parts.join(""))
      fc.assert(
        fc.property(broken, broken, broken, (b, o, t) => {
          const result = merge(b, o, t)
          expect(merge(b, o, t)).toEqual(result)
          if (result.kind === "clean" && [b, o, t].every((text) => isReadable(read, text)))
            expect(isReadable(read, result.text)).toBe(true)
        }),
        { ...tries(3000), examples: [["", "a: 1\n", "&a a: |\n  x\n"]] },
      )
    })
  })
}

function isReadable(read: (text: string) => unknown, text: string): boolean {
  try {
    read(text)
    return true
  } catch {
    return false
  }
}

function commentsOf(text: string): readonly string[] {
  return text.split("\n").flatMap((line) => /# .*$/.exec(line)?.[0] ?? [])
}

/** Lists of names and things in one order, whichever side's additions came first. */
function sorted(value: Value): Value {
  if (Array.isArray(value)) {
    return value.map(sorted).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  }
  if (typeof value !== "object") return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item as Value)]),
  )
}
