import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { generatorChecks } from "../../../src/adapters/templates/check-schema.ts"
import { parseGenerator } from "../../../src/core/add/parse-generator.ts"
import { renderGenerator } from "../../../src/core/add/render-generator.ts"
import type { MeshwrightError } from "../../../src/core/model/diagnostic.ts"
import type { RelPath } from "../../../src/core/model/path.ts"

const BUILTIN = join(import.meta.dirname, "../../../templates/generators")
const parse = (text: string, answers: string[] = []) =>
  parseGenerator(text, "generators/x/generator.yml", "x", answers, generatorChecks())

test.each(readdirSync(BUILTIN))("the generator %s fits the published schema", (name) => {
  const text = readFileSync(join(BUILTIN, name, "generator.yml"), "utf8")
  expect(() => parseGenerator(text, name, name, [], generatorChecks())).not.toThrow()
})

test.each([
  ["questions: []\n", "description is missing", 1],
  ["description: x\nmode: once\n", "mode is no key of a generator", 2],
  ["description: x\nfor_each: tables\n", "for_each: tables is no list question", 2],
  ["description: x\ndbt: {name: new_model}\n", "dbt: name is no question", 2],
  ["description: x\nfiles:\n  - {path: a, into: things}\n", "must be one of models", 3],
  ["description: x\nfiles:\n  - {path: a, when: {missing: 1}}\n", "the condition names missing", 3],
  ["description: x\nname: other\n", "the key name is there twice", 3],
])("%j is refused at its line", (text, message, line) => {
  try {
    parse(text)
  } catch (error) {
    const { diagnostics } = error as MeshwrightError
    expect(diagnostics[0]?.message).toContain(message)
    expect(diagnostics[0]?.position?.line).toBe(line)
    return
  }
  throw new Error("it was accepted")
})

test("conditions may use facts of the project, and answers of its template", () => {
  const text = "description: x\nfiles: [{path: a, when: {sample_data: 'true'}}, {path: b, when: {ci: github}}]\n"
  expect(() => parse(text, ["ci"])).not.toThrow()
})

test("answers may be several segments of a path, and files be there for each item", () => {
  const { parsed, generator } = parse(
    "description: x\nquestions: [{name: layer, type: input, message: m}, {name: items, type: list, message: m}]\nfor_each: items\n",
  )
  const files = new Map(
    [
      ["{{layer}}/{{item}}.sql.hbs", "-- {{item}} of {{layer}}\n"],
      ["{{layer}}/all.txt.hbs", "{{#each items}}{{this}}\n{{/each}}"],
      ["plain.txt", "{{item}}\n"],
    ].map(([path, text]) => [path as RelPath, { mode: "644" as const, bytes: Buffer.from(text ?? "") }]),
  )
  const whole = { ...generator, manifest: parsed.manifest, origin: "template" as const, files }
  const rendered = renderGenerator(whole, { layer: "staging/app", items: ["a", "b"] })
  expect(Object.fromEntries([...rendered].map(([path, { bytes }]) => [path, Buffer.from(bytes).toString()]))).toEqual({
    "plain.txt": "{{item}}\n",
    "staging/app/a.sql": "-- a of staging/app\n",
    "staging/app/all.txt": "a\nb\n",
    "staging/app/b.sql": "-- b of staging/app\n",
  })
  expect(() => renderGenerator(whole, { layer: "../..", items: ["a"] })).toThrow(/leaves the project/)
  expect(() => renderGenerator(whole, { layer: ".git/hooks", items: ["a"] })).toThrow(/inside .git/)
})
