import { describe, expect, it } from "vitest"
import { manifestChecks } from "../../../src/adapters/templates/check-schema.ts"
import { parseAnswersFile } from "../../../src/core/answers/parse-answers-file.ts"
import { NO_INPUTS, resolveAnswers } from "../../../src/core/answers/resolve-answers.ts"
import { parseProjectFile } from "../../../src/core/project/project-file.ts"
import { checkExtension } from "../../../src/core/template/check-extension.ts"
import { checkReferences } from "../../../src/core/template/check-references.ts"
import { parseManifest } from "../../../src/core/template/parse-manifest.ts"
import { compileSchema } from "../../../src/adapters/templates/compile-schema.ts"
import { said, table } from "./tell.ts"

// To add a row: write what is wrong, `says: []`, and take what the test says, once it is what helps.
const HEAD = "name: tiny\nversion: 1.0.0\ndescription: a test\n"
const checks = manifestChecks("1.5.0")

describe("what is said of a wrong manifest", () => {
  it.each(table<{ wrong?: string; whole?: string }>("wrong-manifests.yml"))("$what", ({ wrong, whole, says }) => {
    const text = whole ?? HEAD + wrong
    const problems = () => {
      const parsed = [parseManifest(text, "template.yml", checks)]
      return [...checkReferences(parsed), ...checkExtension(parsed, undefined)]
    }
    expect(said(problems)).toEqual(says)
  })
})

const ASKED = parseManifest(
  `${HEAD}questions:
  - {name: domain, type: input, message: Domain, validate: {pattern: "^[a-z_]+$", message: must be snake_case, max: 40, reserved: [sql]}}
  - {name: ci, type: select, message: CI, choices: [github, gitlab, none], default: github}
  - {name: runner, type: select, message: Runner, choices: [{value: hosted, when: {not: {ci: none}}}, own], default: own}
  - {name: docs, type: confirm, message: Docs?, default: true}
  - {name: shards, type: number, message: Shards, default: 2, validate: {min: 1, max: 9}}
  - {name: layers, type: list, message: Layers, default: [raw], validate: {min: 1, pattern: "^[a-z]+$"}}
  - {name: first, type: select, message: First layer, choices_from: layers, default: raw}
  - {name: upstream, type: input, message: Upstream, default: none, validate: {differs_from: [domain]}}
  - {name: contact, type: input, message: Contact, default: data@example.com, validate: {schema: {format: email}}}
  - {name: note, type: input, message: Note, default: none}
  - {name: token, type: password, message: Token, validate: {min: 8}}
`,
  "template.yml",
  checks,
).manifest
const MANIFEST = {
  ...ASKED,
  questions: ASKED.questions.map((question) =>
    question.validate?.schema === undefined
      ? question
      : { ...question, validate: { ...question.validate, ...compileSchema(question.validate.schema) } },
  ),
}
const TOKEN = { token: "0123456789" }

interface AnswerRow {
  readonly flags?: Record<string, string>
  readonly file?: string
  readonly environment?: Record<string, string>
  readonly recorded?: Record<string, string>
}

describe("what is said of wrong answers", () => {
  it.each(table<AnswerRow>("wrong-answers.yml"))(
    "$what",
    ({ flags = {}, file, environment = {}, recorded = {}, says }) => {
      const read = () => (file === undefined ? {} : parseAnswersFile(file, "answers.yml"))
      const inputs = () => ({ ...NO_INPUTS, flag: { ...TOKEN, ...flags }, environment, recorded, ...read() })
      expect(said(() => resolveAnswers(MANIFEST, inputs()).problems)).toEqual(says)
    },
  )
})

describe("what is said of a wrong meshwright.yml", () => {
  it.each(table<{ wrong: string }>("wrong-project-files.yml"))("$what", ({ wrong, says }) => {
    const read = (): [] => {
      parseProjectFile(wrong)
      return []
    }
    expect(said(read)).toEqual(says)
  })
})

describe("the tables", () => {
  const tables = ["wrong-manifests.yml", "wrong-answers.yml", "wrong-project-files.yml"].flatMap((file) => table(file))

  it("are of what is wrong, told with what to do", () => {
    expect(tables.length).toBeGreaterThan(100)
    for (const { what, says } of tables) {
      expect.soft(says.length, what).toBeGreaterThan(0)
      for (const each of says) expect.soft(each, what).toContain(" → ")
    }
  })
})
