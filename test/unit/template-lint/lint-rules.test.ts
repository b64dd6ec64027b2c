import { expect, test } from "vitest"
import { lintTemplate } from "../../../src/core/template-lint/lint-template.ts"
import { extendTemplate } from "../../../src/core/template/extend-template.ts"
import { parseManifest } from "../../../src/core/template/parse-manifest.ts"
import type { Template } from "../../../src/core/model/template.ts"
import { template } from "../../helpers/manifest.ts"

type Files = Readonly<Record<string, string>>

interface Around {
  readonly below?: Template
  readonly scripts?: readonly string[]
}

/** Findings as `severity code line: message → hint`. */
function lint(yaml: string, files: Files, { below, scripts = [] }: Around = {}): string[] {
  const parsed = parseManifest(`name: tiny\nversion: 2.0.0\ndescription: a test\n${yaml}`, "template.yml")
  const own = { ...template(yaml, files), manifest: parsed.manifest }
  const whole = below === undefined ? own : extendTemplate(below, own)
  return lintTemplate({ template: whole, manifests: [parsed], scripts }, {}).map(
    ({ severity, code, position, message, hint }) =>
      `${severity} ${code} ${position?.line}: ${message}${hint === undefined ? "" : ` → ${hint}`}`,
  )
}

test("a migration needs its script", () => {
  const one = (...run: string[]) => `migrations: [{since: 2.0.0, description: d, run: ${JSON.stringify(run)}}]`
  const scripts = ["migrations/move.mjs"]
  expect(lint(one("node", "migrations/move.mjs", "x"), { "a.txt": "" }, { scripts })).toEqual([])
  expect(lint(one("node", "migrations/mvoe.mjs"), { "a.txt": "" }, { scripts })).toEqual([
    "error migration-missing 4: the migration 2.0.0 names migrations/mvoe.mjs, which is not there → did you mean migrations/move.mjs?",
  ])
  expect(lint(one("node", "migrations/oops.mjs"), { "a.txt": "" })).toEqual([
    "error migration-missing 4: the migration 2.0.0 names migrations/oops.mjs, which is not there → there is no script in migrations/",
  ])
  expect(lint(one("bash", "-c", "mv a b"), { "a.txt": "" }, { scripts })).toEqual([
    "warning migration-no-script 4: the migration 2.0.0 runs no script of the folder migrations/ → what it runs has to be on every machine; write it as a script: run: [node, migrations/NAME.mjs]",
  ])
  expect(lint(one("node", "./migrations/move.mjs"), { "a.txt": "" }, { scripts })).toEqual([
    "warning migration-no-script 4: the migration 2.0.0 runs no script of the folder migrations/ → write migrations/move.mjs",
  ])
})

test("layer: merge tells whose file is missing", () => {
  const below = template("", { "dbt_project.yml": "a: 1\n" })
  const rule = (path: string) => `files: [{path: ${path}, layer: merge}]`
  expect(lint(rule("dbt_project.yml"), { "dbt_project.yml": "b: 1\n" }, { below })).toEqual([])
  expect(lint(rule("dbt_project.yml"), { "a.txt": "" }, { below })).toEqual([
    "warning merge-nothing 4: layer: merge: you have no files/dbt_project.yml to merge into that of tiny 1.0.0 → add files/dbt_project.yml with what is to be added or changed, or remove the rule",
  ])
  const two = template("", { "a.txt": "", "b.txt": "" })
  expect(lint(rule("c.yml"), { "d.txt": "" }, { below: two }).filter((each) => each.includes("you have no"))).toEqual(
    [],
  )
  expect(lint(rule("own.yml"), { "own.yml": "b: 1\n" }, { below })).toEqual([
    "warning merge-nothing 4: layer: merge: own.yml is no file of tiny 1.0.0 that one of this template's could be merged into → leave `layer` out",
  ])
})

test("a locked key that is in no rendering is a slip where one like it is there, else told", () => {
  const files = { "a.yml": "flags: {x: 1}\nmodels:\n  +access: private\n  sales: {+access: public}\n" }
  const locked = (...keys: string[]) => `files: [{path: a.yml, locked: {keys: ${JSON.stringify(keys)}}}]`
  expect(lint(locked("flags", "models.+access", "models.*.+access", "**.+access", "flags.x"), files)).toEqual([])
  expect(lint(locked("flgs", "models.+acess", "models.*.+acess", "vars"), files)).toEqual([
    "warning locked-nothing 4: locked: flgs is no key of a.yml → did you mean flags? As it is, projects may not have flgs, and nothing else is locked by it",
    "warning locked-nothing 4: locked: models.+acess is no key of a.yml → did you mean models.+access? As it is, projects may not have models.+acess, and nothing else is locked by it",
    "warning locked-nothing 4: locked: models.*.+acess is no key of a.yml → did you mean models.*.+access? As it is, projects may not have models.*.+acess, and nothing else is locked by it",
    "info locked-absent 4: locked: vars is in no rendering of a.yml, so projects may not have it",
  ])
})

test("a file that one rule locks and another gives to the team", () => {
  const files = { "docs/a.md": "a\n", "b.md": "b\n" }
  const both = 'files: [{path: "docs/**", mode: once}, {path: docs/a.md, locked: {}}, {path: b.md, locked: {}}]'
  expect(lint(both, files)).toEqual([
    "warning locked-once 4: docs/a.md is locked, and by another rule (docs/**) mode: once → locked counts: updates go on to change it; take it out of one of the two rules",
  ])
  const given = 'files: [{path: "docs/**", mode: once}, {path: docs/a.md, mode: merge}, {path: docs/a.md, locked: {}}]'
  expect(lint(given, files)).toEqual([])
})

test("a question below that a drop leaves without use", () => {
  const questions = `questions:
  - {name: infra, type: confirm, message: Infra?, default: true}
  - {name: region, type: select, message: Region, choices: [eu, us], default: eu, when: {infra: true}}
  - {name: ci, type: confirm, message: CI?, default: true}
derived: {place: "{{region}}-1"}
`
  const below = template(`${questions}files: [{path: "infra/**", when: {infra: true}}]`, {
    "infra/main.txt.hbs": "{{place}}{{ci}}\n",
    "a.txt.hbs": "{{ci}}\n",
  })
  const own = { "b.txt": "" }
  const found = (more = "") => lint(`drop: ["infra/**"]\n${more}`, own, { below })
  expect(found()).toEqual([
    "warning unused-question 4: infra is asked, and nothing that is left uses its answer → fix it with `fixed: {infra: false}`",
  ])
  expect(lint('drop: ["a.txt"]', own, { below })).toEqual([])
  expect(lint('drop: ["infra/**"]', { "b.txt.hbs": "{{#if infra}}{{region}}{{/if}}\n" }, { below })).toEqual([])
  expect(found("fixed: {infra: true}")).toEqual([])
})
