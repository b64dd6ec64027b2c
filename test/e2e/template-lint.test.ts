import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { commitAll, git, json, meshwright } from "../helpers/cli.ts"
import { write } from "../helpers/files.ts"
import { folder } from "../helpers/workspace.ts"

const TEMPLATES = join(import.meta.dirname, "../../templates")
const BUILTIN = readdirSync(TEMPLATES).filter((name) => existsSync(join(TEMPLATES, name, "template.yml")))

const manifest = (version: string, more = "") =>
  `name: tiny\nversion: ${version}\ndescription: a test\nquestions:\n  - {name: domain, type: input, message: Domain, default: x, validate: {pattern: "^[a-z]+$", reserved: [files]}}\n${more}`

test.each(BUILTIN)("the built-in template %s has no findings", async (name) => {
  const { document, exitCode } = await json(["template", "lint", `builtin:${name}`, "--strict"], { cwd: folder() })
  expect(document.findings).toEqual([])
  expect(exitCode).toBe(0)
})

test("findings name file, line and remedy; errors end with 3, warnings only with --strict", async () => {
  const cwd = folder()
  write(cwd, { "t/template.yml": manifest("1.0.0"), "t/files/a.txt.hbs": "one\n{{domian}}\n" })
  const wrong = await meshwright(["template", "lint", "t"], { cwd })
  expect(wrong.stdout).toContain("error: t/files/a.txt.hbs:2:3: unknown name {{domian}}\n  did you mean {{domain}}?")
  expect(wrong.exitCode).toBe(3)
  write(cwd, { "t/files/a.txt.hbs": "one\n" })
  const unused = await meshwright(["template", "lint"], { cwd: join(cwd, "t") })
  expect(unused.stdout).toContain("warning: template.yml:5:5: domain is asked, and nothing uses its answer")
  expect(unused.exitCode).toBe(0)
  expect((await meshwright(["template", "lint", "t", "--strict"], { cwd })).exitCode).toBe(3)
})

test("generators are looked at as well", async () => {
  const cwd = folder()
  const generator = (yml: string) => ({ "t/generators/report/generator.yml": yml })
  write(cwd, {
    "t/template.yml": "name: tiny\nversion: 1.0.0\ndescription: a test\n",
    "t/files/a.txt": "a\n",
    "t/generators/report/files/{{nam}}.yml.hbs": "a: {{yaml name}}\nb: {{models_path}}{{x}}\n",
    ...generator("description: x\nquestions: [{name: name, type: input, message: m}]\n"),
  })
  const { document } = await json(["template", "lint", "t"], { cwd })
  const found = document.findings?.filter(({ code }) => code === "template-unknown-name") ?? []
  expect(found.map(({ message, file, line }) => [message, file, line])).toEqual([
    ["unknown name {{nam}}", "t/generators/report/files/{{nam}}.yml.hbs", undefined],
    ["unknown name {{x}}", "t/generators/report/files/{{nam}}.yml.hbs", 2],
  ])
  write(cwd, generator("description: x\nquestion: []\n"))
  const broken = await json(["template", "lint", "t"], { cwd })
  expect(broken.document.findings).toMatchObject([{ file: "t/generators/report/generator.yml", line: 2 }])
})

test("a manifest that cannot be read is a finding as well; a template that is not there is none", async () => {
  const cwd = folder()
  write(cwd, { "t/template.yml": "name: tiny\nversion: 1\ndescription: a test\nfils: []\n" })
  const { document, exitCode } = await json(["template", "lint", "t"], { cwd })
  const lines = document.findings?.map(({ code, file, line }) => `${code} ${file}:${line}`)
  expect(lines?.toSorted()).toEqual(["manifest-schema t/template.yml:2", "manifest-schema t/template.yml:4"])
  expect(exitCode).toBe(3)
  expect((await meshwright(["template", "lint", "nowhere"], { cwd })).exitCode).toBe(1)
})

test("Handlebars that does not parse is the author's, with its place, in a template on top of another one too", async () => {
  const cwd = folder()
  const head = "name: upper\nversion: 1.0.0\ndescription: a test\nextends: ../t\n"
  write(cwd, {
    "t/template.yml": manifest("1.0.0"),
    "t/files/{{domain}}.txt": "",
    "u/template.yml": `${head}defaults: {domain: "{{#if x"}\nquestions:\n  - {name: on_call, type: input, message: M, default: "{{domain on call"}\n`,
    "u/files/a.txt.hbs": "{{on_call}}\n",
  })
  const { document, exitCode } = await json(["template", "lint", "u"], { cwd })
  expect(document.findings?.map(({ message, file, line, column }) => [`${file}:${line}:${column}`, message])).toEqual([
    ["u/template.yml:5:20", "defaults.domain: cannot be rendered: {{#if x is not closed with }}"],
    ["u/template.yml:7:55", "the default of on_call: cannot be rendered: {{domain on call is not closed with }}"],
  ])
  expect(exitCode).toBe(3)
  const created = await meshwright(["new", "sales", "--template", "u", "--yes"], { cwd })
  expect(created.stderr).toContain("template.yml:7:55: the default of on_call: cannot be rendered")
  expect(created.exitCode).toBe(1)
})

test("a template in a git repository is compared with its last release", async () => {
  const cwd = folder()
  const files = { "dbt/files/{{domain}}.txt": "one line\nand one more\n" }
  write(cwd, { "dbt/template.yml": manifest("1.0.0"), ...files })
  await commitAll(cwd)
  await git(cwd, "tag", "v1.0.0")
  const lint = async () => (await json(["template", "lint", "dbt"], { cwd })).document.findings?.map(({ code }) => code)
  expect(await lint()).toEqual([])
  write(cwd, { "dbt/files/{{domain}}.txt": null, "dbt/files/docs/{{domain}}.txt": "one line\nand one more\n" })
  expect(await lint()).toEqual(["version-released"])
  write(cwd, {
    "dbt/template.yml": manifest("1.1.0", "  - {name: team, type: input, message: Team}\n"),
    "dbt/files/t.txt.hbs": "{{team}}\n",
  })
  expect(await lint()).toEqual(["question-required", "moved-file"])
  write(cwd, { "dbt/template.yml": manifest("2.0.0", "  - {name: team, type: input, message: Team}\n") })
  expect((await meshwright(["template", "lint", "dbt"], { cwd })).exitCode).toBe(0)
})

test("answers that a project inside of a project does not take are told", async () => {
  const cwd = folder()
  const projects = "projects:\n  - {template: ../child, path: inside, answers: {naem: x}}\n"
  write(cwd, {
    "t/template.yml": `name: outer\nversion: 1.0.0\ndescription: a test\n${projects}`,
    "child/template.yml": manifest("1.0.0"),
    "child/files/{{domain}}.txt": "",
  })
  const { document, exitCode } = await json(["template", "lint", "t"], { cwd })
  expect(document.findings).toMatchObject([{ code: "unknown-answer", severity: "error" }])
  expect(exitCode).toBe(3)
})

test("help tells of the commands for authors", async () => {
  const cwd = folder()
  const family = await meshwright(["template", "--help"], { cwd })
  expect(family.stdout).toContain("template lint")
  expect((await meshwright(["template", "lint", "--help"], { cwd })).stdout).toContain("Examples:")
  const wrong = await meshwright(["template", "lnt"], { cwd })
  expect(wrong.stderr).toContain("did you mean meshwright template lint?")
  expect(wrong.exitCode).toBe(2)
})
