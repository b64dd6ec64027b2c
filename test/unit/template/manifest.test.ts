import { describe, expect, it } from "vitest"
import { manifestChecks } from "../../../src/adapters/templates/check-schema.ts"
import { MeshwrightError } from "../../../src/core/model/diagnostic.ts"
import { checkReferences } from "../../../src/core/template/check-references.ts"
import { parseManifest } from "../../../src/core/template/parse-manifest.ts"

const HEAD = "name: tiny\nversion: 1.0.0\ndescription: a test\n"
const checkSchema = manifestChecks()

function problems(yaml: string): string[] {
  try {
    return checkReferences([parseManifest(HEAD + yaml, "template.yml", checkSchema)]).map(show)
  } catch (error) {
    if (error instanceof MeshwrightError) return error.diagnostics.map(show)
    throw error
  }
}

const show = ({
  code,
  position,
  message,
}: {
  code: string
  position?: { line: number; column: number }
  message: string
}) => `${position?.line}:${position?.column} ${code} ${message}`

describe("parseManifest", () => {
  it("fills in what may be left out", () => {
    const { manifest } = parseManifest(
      HEAD + "questions: [{name: ci, type: select, message: CI, choices: [a, {value: b, label: B}]}]",
      "template.yml",
      checkSchema,
    )
    expect(manifest).toMatchObject({ derived: {}, files: [], include: [], renames: [], projects: [], next_steps: [] })
    expect(manifest.questions[0]?.choices).toEqual([
      { value: "a", label: "a" },
      { value: "b", label: "B" },
    ])
  })

  it("tells every misfit with line and column", () => {
    const found = problems(`questions:
  - {name: Bad Name, type: input, message: x}
  - name: ci
    type: selct
    message: x
  - {name: a, type: select, message: no choices}
filez: []
files:
  - {path: x, mode: sometimes}
`)
    expect(found.map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual(
      expect.arrayContaining([
        "5:12 manifest-schema",
        "7:11 manifest-schema",
        "9:5 manifest-schema",
        "12:21 manifest-schema",
      ]),
    )
    expect(found.join("\n")).toContain("filez is no key of a template")
  })

  it("tells what is wrong with rules for merging", () => {
    const found = problems(`floor:
  - {path: tools.yml, keys: [tools.*.version]}
  - {keys: [a]}
  - {path: x, keys: a}
  - {path: x, keys: [a..b]}
identity:
  - {path: x, list: teams, key: slug}
  - {path: x, list: teams, kind: sorted}
`)
    expect(new Set(found.map((line) => line.split(" ").slice(0, 2).join(" ")))).toEqual(
      new Set(["6:5", "7:21", "8:22", "11:34"].map((at) => `${at} manifest-schema`)),
    )
  })

  it("tells YAML errors with line and column", () => {
    expect(problems("questions: [\n  {name: a\n")[0]).toMatch(/^\d+:\d+ manifest-yaml/)
    expect(problems("name: again\n")[0]).toMatch(/^4:1 manifest-yaml/)
  })

  it.each([
    ["questions: [{name: a, type: input, message: x, when: {typo: 1}}]", "the condition names typo"],
    [
      "questions: [{name: a, type: input, message: x}, {name: a, type: input, message: x}]",
      "the question a is there twice",
    ],
    ["questions: [{name: a, type: input, message: x, validate: {pattern: '('}}]", "( is no regular expression"],
    ["identity: [{path: x, list: teams}]", "teams needs either key"],
    ["identity: [{path: x, list: teams, key: slug, kind: set}]", "teams needs either key"],
    ["named_by: b", "b is no question"],
    ["questions: [{name: a, type: input, message: x}]\nderived: {a: x}", "a is a question already"],
    ["files: [{path: x, when: {any: [{not: {nope: 1}}]}}]", "the condition names nope"],
    ["projects: [{template: 'builtin:domain', path: x, for_each: nope}]", "nope is no question"],
  ])("finds what does not fit together in %s", (yaml, expected) => {
    expect(problems(yaml).join("\n")).toContain(expected)
  })

  it("is not brought down by an alias bomb", () => {
    const bomb = [
      "a: &a [x,x,x,x,x,x,x,x,x]",
      ...["b", "c", "d", "e", "f", "g"].map(
        (name, i) => `${name}: &${name} [${Array(9).fill(`*${"abcdef"[i]}`).join(",")}]`,
      ),
    ].join("\n")
    expect(() => parseManifest(HEAD + bomb, "template.yml", checkSchema)).toThrow()
  })
})
