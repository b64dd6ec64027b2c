import { existsSync, mkdirSync, readdirSync } from "node:fs"
import { delimiter, dirname, join } from "node:path"
import { execa } from "execa"
import { expect, test } from "vitest"
import { commitAll, environment, git, json, meshwright, program } from "../helpers/cli.ts"
import { read, write } from "../helpers/files.ts"
import { folder } from "../helpers/workspace.ts"

const TEMPLATES = join(import.meta.dirname, "../../templates")
const BUILTIN = readdirSync(TEMPLATES).filter((name) => existsSync(join(TEMPLATES, name, "template.yml")))

const manifest = (version: string, more = "") =>
  `name: tiny\nversion: ${version}\ndescription: a test\nquestions:\n  - {name: ci, type: select, message: CI, choices: [github, gitlab, none]}\n  - {name: infra, type: confirm, message: Infra}\n${more}`

/** A folder for temporary files of its own, to see what a run leaves there. */
function temporary(cwd: string): { readonly TMPDIR: string } {
  const TMPDIR = join(cwd, "tmp")
  mkdirSync(TMPDIR, { recursive: true })
  return { TMPDIR }
}

test.each(BUILTIN)("the built-in template %s passes, with dbt", { timeout: 600_000 }, async (name) => {
  const cwd = folder()
  const dbt = dirname(process.env["DBT1"] ?? "")
  const env = { ...environment, ...temporary(cwd), PATH: [dbt, environment["PATH"]].join(delimiter) }
  // The machine may be busy: the helper's minute is for programs that hang.
  const { exitCode, stdout, stderr } = await execa(process.execPath, [program, "template", "test", `builtin:${name}`], {
    cwd,
    env,
    extendEnv: false,
    reject: false,
    stdin: "ignore",
  })
  expect(stdout).toContain("cases pass")
  expect(stderr).toMatch(/^1\/\d+ ok case \d+/m)
  expect(exitCode).toBe(0)
  expect(readdirSync(env.TMPDIR)).toEqual([])
})

test("every pair of choices is tried; a failed case names its answers and the command that shows it", async () => {
  const cwd = folder()
  write(cwd, {
    "t/template.yml": manifest("1.0.0"),
    "t/files/a.yml.hbs": "ci: {{ci}}\n{{#if (and infra (eq ci 'gitlab'))}}ci: again\n{{/if}}",
  })
  const { document, exitCode } = await json(["template", "test", "t"], { cwd })
  expect(exitCode).toBe(3)
  expect(document.summary).toMatchObject({ passed: 5, failed: 1, pairs: 6 })
  const failed = document.cases?.filter(({ status }) => status === "failed")
  expect(failed).toMatchObject([
    {
      answers: { ci: "gitlab", infra: true },
      problems: [{ code: "rendered-syntax" }],
      reproduce: "meshwright template preview t --set ci=gitlab --set infra=true --verbose",
    },
  ])
  const { stdout } = await meshwright(failed?.[0]?.reproduce.split(" ").slice(1) ?? [], { cwd })
  expect(stdout).toContain("ci: gitlab\nci: again")
})

test("shards have all cases between them", async () => {
  const cwd = folder()
  write(cwd, { "t/template.yml": manifest("1.0.0"), "t/files/a.txt.hbs": "{{ci}}{{infra}}\n" })
  const numbers = async (shard: string) =>
    (await json(["template", "test", "t", "--shard", shard], { cwd })).document.cases?.map(({ number }) => number)
  expect([await numbers("1/2"), await numbers("2/2")]).toEqual([
    [1, 3, 5],
    [2, 4, 6],
  ])
  expect((await meshwright(["template", "test", "t", "--shard", "3/2"], { cwd })).exitCode).toBe(2)
})

test("a fresh project of the release before is updated; what a team would have to mend fails", async () => {
  const cwd = folder()
  const rule = (mode: string) => `files: [{path: a.txt, mode: ${mode}}]\n`
  write(cwd, { "template.yml": manifest("1.0.0", rule("merge")), "files/a.txt.hbs": "one {{ci}} {{infra}}\n" })
  await commitAll(cwd)
  await git(cwd, "tag", "v1.0.0")
  write(cwd, { "template.yml": manifest("1.1.0", rule("merge")), "files/a.txt.hbs": "two {{ci}} {{infra}}\n" })
  const passed = await json(["template", "test"], { cwd })
  expect(passed.document).toMatchObject({ previous: { version: "v1.0.0" }, summary: { failed: 0 } })
  // What teams have to answer by themselves has no default: no update of theirs goes through on its own.
  await commitAll(cwd)
  await git(cwd, "tag", "v1.1.0")
  write(cwd, { "template.yml": manifest("1.2.0").replace("[github, gitlab, none]", "[azure, none]") })
  const failed = await json(["template", "test"], { cwd })
  expect(failed.exitCode).toBe(3)
  const codes = new Set(failed.document.cases?.flatMap(({ problems }) => problems.map(({ code }) => code)))
  expect([...codes]).toEqual(["outdated-answer"])
  const fromHead = await json(["template", "test", "--from", "v1.0.0"], { cwd })
  expect(fromHead.document).toMatchObject({ previous: { version: "v1.0.0" } })
})

test("commands of the template run in each project, where it is trusted, and only where they should", async () => {
  const cwd = folder()
  const command = (code: string) => JSON.stringify(["node", "-e", code])
  const tests = `test:\n  commands:\n    - {run: ${command("process.exit(require('fs').readFileSync('a.txt','utf8') === 'none\\n' ? 7 : 0)")}, when: {infra: true}}\n`
  write(cwd, {
    "t/template.yml": manifest("1.0.0", tests),
    "t/files/a.txt.hbs": "{{ci}}\n",
    "t/files/{{infra}}.txt": "",
  })
  const env = temporary(cwd)
  const refused = await meshwright(["template", "test", "t"], { cwd, env })
  expect(refused.exitCode).toBe(4)
  expect(refused.stderr).toContain("--trust")
  expect((await meshwright(["template", "test", "t", "--no-commands"], { cwd, env })).exitCode).toBe(0)
  expect(readdirSync(env.TMPDIR)).toEqual([])
  const { document, exitCode } = await json(["template", "test", "t", "--trust", "--keep-failed"], { cwd, env })
  expect(exitCode).toBe(3)
  const failed = document.cases?.filter(({ status }) => status === "failed")
  expect(failed).toMatchObject([{ answers: { ci: "none", infra: true }, problems: [{ code: "command-failed" }] }])
  expect(read(failed?.[0]?.folder ?? "", "a.txt")).toBe("none\n")
})

test("migrations of a template below run only where that one is trusted, too", async () => {
  const cwd = folder()
  const [base, own] = [join(cwd, "base"), join(cwd, "own")]
  const source = `git+file://${base.replaceAll(" ", "%20")}`
  const run = JSON.stringify(["node", "-e", `require("fs").writeFileSync(${JSON.stringify(join(cwd, "ran"))}, "")`])
  const release = async (at: string, version: string, more: string): Promise<void> => {
    write(at, { "template.yml": manifest(version, more), "files/a.txt.hbs": "{{ci}}{{infra}}\n" })
    await commitAll(at)
    await git(at, "tag", `v${version}`)
  }
  await release(base, "1.0.0", "")
  await release(base, "2.0.0", `migrations: [{since: 2.0.0, description: moves, run: ${run}}]\n`)
  await release(own, "5.0.0", `extends: ${source}@1.0.0\n`)
  await release(own, "5.1.0", `extends: ${source}@2.0.0\n`)
  const refused = await meshwright(["template", "test", "own"], { cwd })
  expect([refused.exitCode, existsSync(join(cwd, "ran"))], refused.stderr).toEqual([4, false])
  expect(refused.stderr).toContain(source)
  write(cwd, { "config/meshwright/config.yml": `trust: [${JSON.stringify(own)}]\n` })
  const env = { XDG_CONFIG_HOME: join(cwd, "config") }
  expect((await meshwright(["template", "test", "own"], { cwd, env })).exitCode).toBe(4)
  expect((await meshwright(["template", "test", "own", "--trust"], { cwd })).exitCode).toBe(0)
  expect(existsSync(join(cwd, "ran"))).toBe(true)
})

test("a program that is not there fails its case, with its name", async () => {
  const cwd = folder()
  write(cwd, {
    "t/template.yml": manifest("1.0.0", "test: {commands: [[no-such-program]]}\n"),
    "t/files/a.txt.hbs": "{{ci}}{{infra}}",
  })
  const { stdout, exitCode } = await meshwright(["template", "test", "t", "--trust"], { cwd })
  expect(exitCode).toBe(3)
  expect(stdout).toContain("no-such-program could not be run to its end")
})

test("an interruption ends the programs that run and leaves no folder", async () => {
  const cwd = folder()
  write(cwd, {
    "t/template.yml": manifest("1.0.0", `test: {commands: [[node, -e, "setTimeout(() => {}, 60000)"]]}\n`),
    "t/files/a.txt.hbs": "{{ci}}{{infra}}",
  })
  const env = temporary(cwd)
  const run = execa(process.execPath, [program, "template", "test", "t", "--trust"], {
    cwd,
    env: { ...environment, ...env },
    extendEnv: false,
    reject: false,
  })
  while (readdirSync(env.TMPDIR).every((name) => readdirSync(join(env.TMPDIR, name)).length === 0))
    await new Promise((resolve) => setTimeout(resolve, 50))
  run.kill("SIGINT")
  const { exitCode } = await run
  expect(exitCode).toBe(130)
  expect(readdirSync(env.TMPDIR)).toEqual([])
})
