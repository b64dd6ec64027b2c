import fc from "fast-check"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { parseAnyYaml } from "../../../src/core/merge/formats/yaml/parse-yaml.ts"
import { parsePlainYaml, type KnownItems } from "../../../src/core/merge/formats/yaml/plain-yaml.ts"
import { tries } from "../property.ts"

const root = join(import.meta.dirname, "../../..")

/** Every YAML file of the templates and of the scenarios. */
const texts = ["templates", "test/scenarios/cases"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.ya?ml$/.test(path))
    .map((path) => readFileSync(join(root, folder, path), "utf8"))
    .filter((text) => text.endsWith("\n") && !text.includes("\r")),
)

/** Pieces that make a plain file one that is not, and some that do not. */
const PIECES =
  " |  |\n|\n\n|- |-|:|: |,|'|\"|''|[|]|{a: b}|# c|  # c\n|# c\n|key: v\n|&a |*a|!t |? |%|@|a: |~|1.0: |\\|\t|- - a\n|---\n|é".split(
    "|",
  )
const pieces = [...PIECES, "|\n", ">-\n", "  x\n"]

const edits = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 3 }), fc.constantFrom("", ...pieces)), {
  minLength: 1,
  maxLength: 3,
})

describe("the quick reader of plain YAML", () => {
  it("reads what the library reads, and most files", () => {
    const read = texts.filter((text) => {
      const tree = parsePlainYaml(text)
      if (tree !== undefined) expect(tree).toEqual(parseAnyYaml(text))
      return tree !== undefined
    })
    expect(texts.length).toBeGreaterThan(50)
    expect(read.length / texts.length).toBeGreaterThan(0.8)
  })

  it("leaves to the library whatever it would read otherwise", () => {
    let read = 0
    // As in a merge, whose sides have list items in common.
    let known: KnownItems = new Map()
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.nat(), edits, (text, from, changes) => {
        const lines = text.split("\n")
        const some = lines.slice(from % lines.length, (from % lines.length) + 20).join("\n")
        const changed = changes.reduce((result, [place, gone, piece]) => {
          const at = place % (result.length + 1)
          return result.slice(0, at) + piece + result.slice(at + gone)
        }, some)
        if (known.size > 100) known = new Map()
        for (const version of [`${changed}\n`, `# moved down\n${changed}\n`]) {
          const tree = parsePlainYaml(version, known)
          if (tree === undefined) return
          read++
          expect(tree).toEqual(parseAnyYaml(version))
        }
      }),
      tries(2000),
    )
    expect(read).toBeGreaterThan(tries(200).numRuns)
  })
})
