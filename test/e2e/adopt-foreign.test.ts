import { chmodSync, cpSync, existsSync, readdirSync } from "node:fs"
import { delimiter, dirname, join } from "node:path"
import { execa } from "execa"
import { beforeAll, beforeEach, describe, expect, test } from "vitest"
import { commitAll, environment, git, json, type JsonDocument, program, succeed } from "../helpers/cli.ts"
import { filesBelow, read, snapshot, write } from "../helpers/files.ts"
import { folder } from "../helpers/workspace.ts"

// Projects that copier and cruft have made, with the programs themselves.
const { COPIER: copier = "", CRUFT: cruft = "" } = process.env
const withTools = { PATH: [dirname(copier), dirname(cruft), environment["PATH"]].join(delimiter) }

const MORE = "\nWhat every version of the template says: who reviews a change, and when it is released.\n"

/** The old template's files as these tools write them, with `{{ domain }}` in their words. */
const filesFor = (domain: string, end: string): Record<string, string> => ({
  [`dbt_project.yml${end}`]: `name: ${domain}\nprofile: ${domain}\nflags:\n  send_anonymous_usage_stats: true\n`,
  [`docs/rules.md${end}`]: `# Rules of ${domain}\n\none\n\ntwo\n\nthree\n${MORE}`,
  [`docs/plain.md${end}`]: "first\n\nsecond\n",
  "docs/old.md": "no longer in the template\n",
  [`macros/cents.sql${end}`]: "{% raw %}{% macro cents(x) %}{{ x }} / 100{% endmacro %}{% endraw %}\n",
})

let cwd: string
let project: string

/** A work folder for each test: what both tools have made is made once, since they start slowly. */
function workFolder(made: string): void {
  cwd = folder()
  project = join(cwd, "sales")
  cpSync(made, cwd, { recursive: true })
  write(cwd, {
    "t/template.yml":
      "name: tiny\nversion: 2.0.0\ndescription: a test\nquestions:\n  - {name: domain, type: input, message: Domain}\n  - {name: size, type: number, message: Size, default: 1}\n",
    "t/files/dbt_project.yml.hbs":
      "name: {{domain}}\nprofile: {{domain}}\nflags:\n  send_anonymous_usage_stats: false\n",
    "t/files/docs/rules.md.hbs": "# Rules of {{domain}}\n\none\n\ntwo\n\nthree, as of 2.0.0\n" + MORE,
    "t/files/docs/plain.md": "first\n\nsecond, as of 2.0.0\n",
    "t/files/docs/new.md": "size {{size}}\n",
    "t/files/macros/cents.sql": "{% macro cents(x) %}{{ x }} / 100.0{% endmacro %}\n",
    "t/files/macros/new.sql": "{% macro new() %}{% endmacro %}\n",
  })
}

/** What a team did since. */
async function edit(): Promise<void> {
  write(project, {
    "docs/rules.md": "# Rules of sales\n\none, ours\n\ntwo\n\nthree\n" + MORE,
    "models/a.sql": "select 1 as a\n",
  })
  await commitAll(project)
}

const adopt = (...args: readonly string[]): ReturnType<typeof json> =>
  json(["adopt", "../t", "--yes", ...args], { cwd: project, env: withTools })

const reasons = ({ files = [] }: JsonDocument): Record<string, string> =>
  Object.fromEntries(files.map(({ path, reason }) => [path, reason]))

describe("from copier", () => {
  let made: string
  const old = (): string => join(cwd, "old")

  beforeAll(async () => {
    made = cwd = folder()
    project = join(cwd, "sales")
    write(old(), {
      "copier.yml": `domain: {type: str}\nsize: {type: int, default: 1}\ncolour: {type: str, default: red}\n_tasks: ["touch made-by-a-task"]\n`,
      "{{ _copier_conf.answers_file }}.jinja": "{{ _copier_answers|to_nice_yaml }}\n",
      ...filesFor("{{ domain }}", ".jinja"),
    })
    await commitAll(old(), "1")
    await git(old(), "tag", "v1.0.0")
    await run(copier, "copy", "--defaults", "--trust", "--data", "domain=sales", "--data", "size=7", "old", "sales")
    await edit()
    write(old(), { "docs/plain.md.jinja": "another text altogether\n" })
    await commitAll(old(), "2")
    await git(old(), "tag", "v2.0.0")
  })
  beforeEach(() => workFolder(made))

  test("its answers are taken, and what it rendered is the base", async () => {
    const before = snapshot(project)
    expect(before[".copier-answers.yml"]).toContain("_commit: v1.0.0")
    const adopted = await adopt()
    expect(adopted.exitCode, adopted.stdout).toBe(0)
    expect(adopted.document.found).toEqual([
      { question: "domain", value: "sales", where: ".copier-answers.yml, domain" },
      { question: "size", value: 7, where: ".copier-answers.yml, size" },
    ])
    expect(remarks(adopted.document)).toEqual([
      "unknown-answer: answers that the template does not ask for are left behind: colour",
    ])
    expect(reasons(adopted.document)).toEqual(MERGED(".copier-answers.yml"))
    expectMerged()
    await succeed(["update", "--abort"], { cwd: project })
    expect(snapshot(project)).toEqual(before)
  })

  test("an answer that does not fit any more is asked for", async () => {
    const manifest = read(cwd, "t/template.yml")
      .replace("type: number", "type: select, choices: [S, L]")
      .replace("default: 1", "default: S")
    write(cwd, { "t/template.yml": manifest })
    const wrong = await adopt()
    const message = "size: found 7 (.copier-answers.yml, size), which must be one of S, L"
    expect([wrong.exitCode, wrong.document.error?.message]).toEqual([2, message])
    expect((await adopt("--set", "size=L")).exitCode).toBe(0)
  })

  test.each([
    [
      "copier is not installed",
      { PATH: `${dirname(process.execPath)}${delimiter}/usr/bin${delimiter}/bin` },
      "copier is not installed",
    ],
    ["its template is gone", withTools, "copier cannot render"],
  ])("where %s, that is told, and nothing done but with --version none", async (_, env, message) => {
    if (env === withTools) write(cwd, { old: null })
    const before = snapshot(project)
    const refused = await json(["adopt", "../t", "--yes"], { cwd: project, env })
    expect([refused.exitCode, refused.document.error?.code]).toEqual([1, "no-base"])
    expect(refused.document.error?.message).toContain(message)
    expect(snapshot(project)).toEqual(before)
    const adopted = await json(["adopt", "../t", "--yes", "--version", "none"], { cwd: project, env })
    expect(adopted.exitCode, adopted.stdout).toBe(0)
    expect(reasons(adopted.document)).toMatchObject({
      "docs/rules.md": "kept-on-adopting",
      "docs/plain.md": "kept-on-adopting",
    })
    expect(read(project, "docs/plain.md")).toBe("first\n\nsecond\n")
  })

  test("a template with extensions is rendered only when trusted", async () => {
    write(old(), { "copier.yml": `${read(old(), "copier.yml")}_jinja_extensions: [jinja2.ext.do]\n` })
    await commitAll(old(), "3")
    await git(old(), "tag", "--force", "v1.0.0")
    const before = snapshot(project)
    const refused = await adopt()
    expect([refused.exitCode, refused.document.error?.code], refused.stdout).toEqual([4, "untrusted"])
    expect(snapshot(project)).toEqual(before)
    const dry = await adopt("--dry-run", "--trust")
    expect(reasons(dry.document)).toMatchObject({ "docs/rules.md": "both-changed" })
    expect(remarks((await adopt("--version", "none")).document).join()).not.toContain("no-base")
  })

  test("a record that is none is refused", async () => {
    write(project, { ".copier-answers.yml": "domain: sales\n" })
    expect((await adopt()).document.error).toMatchObject({ code: "foreign-record", file: ".copier-answers.yml" })
  })
})

describe("from cruft", () => {
  let made: string

  beforeAll(async () => {
    made = cwd = folder()
    project = join(cwd, "sales")
    const files = Object.entries(filesFor("{{ cookiecutter.domain }}", ""))
    write(cwd, {
      "old/dbt/cookiecutter.json": '{"domain": "x", "size": "1"}',
      ...Object.fromEntries(files.map(([path, text]) => [`old/dbt/{{ cookiecutter.domain }}/${path}`, text])),
    })
    await commitAll(join(cwd, "old"), "1")
    const context = JSON.stringify({ domain: "sales", size: "7" })
    await run(
      cruft,
      "create",
      "--no-input",
      "--directory",
      "dbt",
      "--skip",
      "docs/new.md",
      "--extra-context",
      context,
      join(cwd, "old"),
    )
    await edit()
  })
  beforeEach(() => workFolder(made))

  test("its answers, base and skipped files are taken where its template is trusted", async () => {
    const refused = await adopt()
    expect([refused.exitCode, refused.document.error?.code], refused.stdout).toEqual([4, "untrusted"])
    const adopted = await adopt("--trust")
    expect(adopted.exitCode, adopted.stdout).toBe(0)
    expect(reasons(adopted.document)).toEqual({ ...MERGED(".cruft.json"), "docs/new.md": "kept-by-setting" })
    expectMerged()
    expect(read(project, "meshwright.yml")).toContain("update:\n  keep: [docs/new.md]\n")
  })

  test("an interruption while its template is rendered leaves no folder", async () => {
    const TMPDIR = join(cwd, "tmp")
    write(cwd, { "bin/cruft": `#!${process.execPath}\nsetTimeout(() => {}, 30000)\n`, "tmp/x": "" })
    chmodSync(join(cwd, "bin/cruft"), 0o755)
    const adopting = execa(process.execPath, [program, "adopt", "../t", "--yes", "--trust"], {
      cwd: project,
      env: { ...environment, TMPDIR, PATH: [join(cwd, "bin"), environment["PATH"]].join(delimiter) },
      extendEnv: false,
      reject: false,
    })
    while (readdirSync(TMPDIR).length === 1) await new Promise((resolve) => setTimeout(resolve, 50))
    adopting.kill("SIGINT")
    const { exitCode } = await adopting
    expect([exitCode, readdirSync(TMPDIR)]).toEqual([130, ["x"]])
  })

  test("a folder of the project that is called like an address is none", async () => {
    const context = { cookiecutter: { domain: "sales", size: "7" } }
    const config = join(cwd, "config")
    write(config, { "meshwright/config.yml": 'trust: ["git@git.example.com:acme/"]\n' })
    write(cwd, { "old/dbt/hooks/pre_gen_project.py": `open(${JSON.stringify(join(cwd, "ran"))}, "w")\n` })
    await commitAll(join(cwd, "old"), "hooks")
    for (const [address, env, exitCode] of [
      ["builtin:evil", withTools, 4],
      ["git@git.example.com:acme/evil", { ...withTools, XDG_CONFIG_HOME: config, GIT_SSH_COMMAND: "false" }, 1],
    ] as const) {
      await git(project, "clone", "--bare", "--quiet", join(cwd, "old"), `./${address}`)
      write(project, { ".cruft.json": JSON.stringify({ template: address, commit: null, context, directory: "dbt" }) })
      const adopted = await json(["adopt", "../t", "--yes", "--dry-run"], { cwd: project, env })
      expect([adopted.exitCode, existsSync(join(cwd, "ran"))], adopted.stdout).toEqual([exitCode, false])
    }
  })
})

/** What becomes of the files: the template's changes arrive, the team's stay. */
const MERGED = (record: string): Record<string, string> => ({
  [record]: "old-record",
  "dbt_project.yml": "template-changed",
  "docs/plain.md": "template-changed",
  "docs/rules.md": "both-changed",
  "docs/new.md": "new-in-template",
  "macros/cents.sql": "template-changed",
  "macros/new.sql": "read-by-dbt",
})

function expectMerged(): void {
  expect(read(project, "docs/rules.md")).toBe("# Rules of sales\n\none, ours\n\ntwo\n\nthree, as of 2.0.0\n" + MORE)
  expect(read(project, "dbt_project.yml")).toContain("send_anonymous_usage_stats: false")
  expect(read(project, "docs/old.md")).toBe("no longer in the template\n")
  expect(filesBelow(project).filter((path) => /copier|cruft/.test(path))).toEqual([])
}

const remarks = ({ remarks: all = [] }: JsonDocument): string[] => all.map(({ code, message }) => `${code}: ${message}`)

async function run(command: string, ...args: readonly string[]): Promise<void> {
  await execa(command, args, { cwd, env: { ...environment, ...withTools }, extendEnv: false, stdin: "ignore" })
}
