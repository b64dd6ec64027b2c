import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { merge } from "./build.ts"
import { tries } from "../property.ts"

const keys = ["alpha", "beta", "gamma", "delta", "omega", "sigma"]

/** How a list of settings is written in each format. */
const formats: Readonly<Record<string, (entries: readonly (readonly [string, number])[]) => string>> = {
  "main.tf": (entries) => `b "x" {\n${entries.map(([key, value]) => `  ${key} = ${value}\n`).join("")}}\n`,
  "a.toml": (entries) => `[t]\n${entries.map(([key, value]) => `${key} = ${value}\n`).join("")}\n[u]\nx = 1\n`,
  ".sqlfluff": (entries) => `[t]\n${entries.map(([key, value]) => `${key} = ${value}\n`).join("")}\n[u]\nx = 1\n`,
  "requirements.txt": (entries) => entries.map(([key, value]) => `${key}==${value}\n`).join(""),
  CODEOWNERS: (entries) => entries.map(([key, value]) => `/${key}/ @team-${value}\n`).join(""),
}

describe("disjoint edits", () => {
  const edit = fc.constantFrom("ours", "theirs", "ours cut", "theirs cut", "none", "none")
  it.each(Object.entries(formats))("are all in the result: %s", (path, write) => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: keys.length, maxLength: keys.length }), (edits) => {
        const side = (...names: readonly string[]) =>
          keys.flatMap((key, index): readonly (readonly [string, number])[] => {
            const by = edits[index]!
            if (names.some((name) => by === `${name} cut`)) return []
            return [[key, names.includes(by) ? 2 : 1]]
          })
        const wanted = side("ours", "theirs")
        fc.pre(wanted.length > 0)
        const result = merge(write(side()), write(side("ours")), write(side("theirs")), "inline", path)
        expect(result).toMatchObject({ kind: "clean", text: write(wanted) })
      }),
      tries(300),
    )
  })
})
