import { join } from "node:path"
import { Ajv } from "ajv"
import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { commitAll, json, succeed } from "../helpers/cli.ts"
import { write } from "../helpers/files.ts"
import { folder } from "../helpers/workspace.ts"

const schema = JSON.parse(readFileSync(join(import.meta.dirname, "../../schemas/output.schema.json"), "utf8")) as object
const validate = new Ajv({ allErrors: true, strict: false }).compile(schema)

const manifest = (version: string) =>
  `{name: tiny, version: ${version}, description: a test, named_by: domain, questions: [{name: domain, type: input, message: Domain}]}`

async function conforming(args: readonly string[], cwd: string, exitCode: number): Promise<void> {
  const run = await json(args, { cwd })
  expect(validate(run.document), JSON.stringify([validate.errors, run.document], null, 2)).toBe(true)
  expect(run.exitCode, run.stdout).toBe(exitCode)
}

test("every document that --json prints fits the published schema", async () => {
  const cwd = folder()
  write(cwd, {
    "tpl/template.yml": manifest("1.0.0"),
    "tpl/files/a.yml.hbs": "domain: {{domain}}\nx: 1\n",
    "tpl/files/b.txt": "b\n",
  })
  const template = ["--template", "tpl"]
  await conforming(["new", "sales", ...template, "--yes", "--dry-run"], cwd, 0)
  await conforming(["new", "sales", ...template, "--yes"], cwd, 0)
  await conforming(["new", "mesh", "acme", "--yes"], cwd, 0)
  await conforming(["new", "sales", ...template, "--yes"], cwd, 1)
  await conforming(["new", ...template, "--yes"], cwd, 2)
  await conforming(["nwe"], cwd, 2)
  await conforming(["update"], cwd, 2)

  write(cwd, { "old/a.yml": "x: 2\n" })
  const adopt = ["adopt", "../tpl", "--set", "domain=old"]
  await conforming([...adopt, "--dry-run", "--verbose"], join(cwd, "old"), 0)
  await conforming([...adopt, "--conflict", "inline"], join(cwd, "old"), 3)
  await conforming(adopt, join(cwd, "old"), 1)

  const project = join(cwd, "sales")
  await conforming(["add", "--list"], project, 0)
  await conforming(["add", "model", "x", "--dry-run"], project, 1)
  await conforming(["add"], project, 2)
  write(project, { "dbt_project.yml": "name: sales\n" })
  await conforming(["add", "model", "x", "--dry-run"], project, 0)
  await conforming(["add", "model", "x"], project, 0)
  write(project, { "models/marts/x.sql": "select 1\n" })
  await conforming(["add", "model", "x"], project, 3)
  write(project, { "dbt_project.yml": null, models: null })

  await conforming(["check"], project, 0)
  await conforming(["update"], project, 0)
  write(project, { "a.yml": "domain: sales\nx: 2\n" })
  write(cwd, {
    "tpl/template.yml": manifest("1.1.0"),
    "tpl/files/a.yml.hbs": "domain: {{domain}}\nx: 3\n",
    "tpl/files/b.txt": null,
    "tpl/files/c.txt": "c\n",
  })
  await conforming(["diff"], project, 0)
  await conforming(["diff", "--incoming", "--exit-code"], project, 3)
  await conforming(["check"], project, 3)
  await conforming(["update"], project, 1)
  await succeed(["update", "--dry-run", "--quiet", "--conflict", "ours"], { cwd: project })
  await conforming(["update", "--allow-dirty"], project, 3)
  await conforming(["update"], project, 3)
  await conforming(["update", "--abort", "--dry-run"], project, 0)
  write(project, { "a.yml": "domain: sales\nx: 4\n" })
  await conforming(["update", "--abort"], project, 0)
  await conforming(["update", "--abort"], project, 1)
  await commitAll(project)
  await conforming(["update", "--branch", "update", "--conflict", "ours", "--dry-run"], project, 0)
  await conforming(["update", "--branch", "update", "--conflict", "ours"], project, 0)

  await conforming(["template", "lint", "tpl"], cwd, 0)
  write(cwd, { "broken/template.yml": manifest("1.0.0"), "broken/files/a.yml.hbs": "{{unknown}}" })
  await conforming(["template", "lint", "broken"], cwd, 3)
  await conforming(["template", "lint", "nowhere"], cwd, 1)
  await conforming(["template", "test", "tpl"], cwd, 0)
  await conforming(["template", "test", "broken"], cwd, 3)
  await conforming(["template", "preview", "tpl", "--verbose"], cwd, 0)
  await conforming(["template", "preview", "tpl", "--versus", "domain=other"], cwd, 0)
  await conforming(["template", "preview", "tpl", "--out", "looked"], cwd, 0)
  await conforming(["template", "preview", "tpl", "--diff"], cwd, 2)
  await conforming(["template", "diff", "./tpl", "builtin:platform", "--template", "tpl"], cwd, 0)
  await conforming(["template"], cwd, 2)
})

test("documents about locked content fit the schema, with every way to differ", async () => {
  const cwd = folder()
  const manifestWith = (locked: string) =>
    `{name: tiny, version: 1.0.0, description: a test, files: [{path: "*.yml", locked: ${locked}}]}`
  write(cwd, {
    "tpl/template.yml": manifestWith(
      "{keys: [x, y, z], policy: docs/p.md, warn_from: 2000-01-01, error_from: 9999-01-01}",
    ),
    "tpl/files/a.yml": "x: 1\ny: 1\n",
    "tpl/files/b.yml": "x: 1\n",
  })
  await succeed(["new", "--template", "tpl", "--dest", "p", "--yes"], { cwd })
  const project = join(cwd, "p")
  write(project, { "a.yml": "x: 2\nz: 1\n", "b.yml": null })
  const record = readFileSync(join(project, "meshwright.yml"), "utf8")
  const exception = "reason: r, approved_by: a, until: 2000-01-01"
  write(project, {
    "meshwright.yml": `${record}exceptions: [{path: a.yml, key: x, ${exception}}, {path: c.yml, ${exception}}]\n`,
  })
  await commitAll(project)
  await conforming(["check"], project, 0)
  await conforming([], project, 0)
  await conforming(["update", "--dry-run"], project, 0)
  write(cwd, { "tpl/template.yml": null })
  await conforming(["check"], project, 1)
})
