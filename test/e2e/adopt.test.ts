import { join } from "node:path"
import { beforeEach, describe, expect, test } from "vitest"
import { commitAll, git, json, meshwright, succeed } from "../helpers/cli.ts"
import { filesBelow, read, snapshot, write } from "../helpers/files.ts"
import { answer, CTRL_C, ENTER, see, terminal, type } from "../helpers/terminal.ts"
import { folder } from "../helpers/workspace.ts"

const QUESTIONS = `named_by: domain
questions:
  - {name: domain, type: input, message: Domain, guess: domain}
  - {name: team, type: input, message: Team, guess: team, default: "@acme/data"}
  - {name: ci, type: select, message: CI, choices: [github, none], guess: ci, default: github}
files:
  - {path: "{models,seeds}/**", mode: once}
  - {path: models/_groups.yml, mode: merge}
  - {path: .github/workflows/ci.yml, when: {ci: github}}
`

const TEMPLATE: Readonly<Record<string, string>> = {
  "dbt_project.yml.hbs": "name: {{domain}}\nprofile: {{domain}}\nmodels:\n  {{domain}}:\n    +access: private\n",
  "profiles.yml.hbs": "{{domain}}:\n  outputs: {}\n",
  "macros/generate_schema_name.sql": "{% macro generate_schema_name(a, b) %}x{% endmacro %}\n",
  "models/_groups.yml.hbs": "groups:\n  - name: {{domain}}\n",
  "models/example.sql": "select 1 as id\n",
  "seeds/example.csv": "id\n1\n",
  ".gitignore.hbs": "target/\n*.duckdb\n",
  ".github/CODEOWNERS.hbs": "* {{team}}\n",
  ".github/workflows/ci.yml": "on: push\njobs: {build: {runs-on: ubuntu-latest}}\n",
  "README.md.hbs": "# {{domain}}\n",
  "docs/rules.md": "one\n\ntwo\n\nthree\n",
}

const OURS: Readonly<Record<string, string>> = {
  "dbt_project.yml": "# ours\nname: sales\nprofile: warehouse\nmodel-paths: [src/models]\n",
  "src/models/a.sql": "select 1 as a\n",
  "README.md": "Ours\n",
  CODEOWNERS: "* @acme/sales\n",
  ".gitignore": "# ours\ntarget/\n",
  ".github/workflows/dbt.yml": "on: push\n",
}

let cwd: string
let project: string

beforeEach(async () => {
  cwd = folder()
  project = join(cwd, "sales")
  release("1.0.0", {})
  write(project, OURS)
  await commitAll(project)
})

function release(version: string, changes: Readonly<Record<string, string | null>>): void {
  write(cwd, { "t/template.yml": `name: tiny\nversion: ${version}\ndescription: a test\n${QUESTIONS}` })
  const files = version === "1.0.0" ? { ...TEMPLATE, ...changes } : changes
  for (const [path, content] of Object.entries(files)) write(cwd, { [`t/files/${path}`]: content })
}

const adopt = (...args: readonly string[]): ReturnType<typeof json> =>
  json(["adopt", "../t", "--yes", ...args], { cwd: project })

/** What the document says of files, by path: `action reason`. */
function told({ document }: Awaited<ReturnType<typeof json>>): Record<string, string> {
  return Object.fromEntries((document.files ?? []).map(({ path, action, reason }) => [path, `${action} ${reason}`]))
}

describe("a project that was never made from the template", () => {
  test("keeps every byte that it has, and gets what dbt does not read", async () => {
    const run = await adopt()
    expect(run.exitCode, run.stdout).toBe(0)
    expect(told(run)).toEqual({
      ".github/CODEOWNERS": "none has-own-place",
      ".github/workflows/ci.yml": "create new-in-template",
      ".gitignore": "merge both-added",
      "README.md": "keep kept-on-adopting",
      "dbt_project.yml": "keep kept-on-adopting",
      "docs/rules.md": "create new-in-template",
      "macros/generate_schema_name.sql": "none read-by-dbt",
      "models/_groups.yml": "create new-in-template",
      "models/example.sql": "none starter-content",
      "profiles.yml": "none read-by-dbt",
      "seeds/example.csv": "none starter-content",
    })
    for (const [path, content] of Object.entries(OURS)) {
      if (path !== ".gitignore") expect(read(project, path)).toBe(content)
    }
    expect(read(project, ".gitignore")).toBe("# ours\ntarget/\n\n*.duckdb\n")
    expect(run.document.found).toEqual([
      { question: "domain", value: "sales", where: "dbt_project.yml, name" },
      { question: "team", value: "@acme/sales", where: "CODEOWNERS, line 1" },
      { question: "ci", value: "github", where: ".github/workflows/dbt.yml" },
    ])
    expect(read(project, "meshwright.yml")).toContain(`template: ../t\nversion: 1.0.0\nanswers:\n  domain: sales\n`)
    await commitAll(project)
    expect((await meshwright(["check"], { cwd: project })).exitCode).toBe(0)
    const again = await json(["update"], { cwd: project })
    expect(again.document.summary).toMatchObject({ created: 0, updated: 0, merged: 0, deleted: 0, conflicts: 0 })
  })

  test("then gets what the template changes from now on, and nothing of what it was before", async () => {
    await adopt()
    await commitAll(project)
    release("1.1.0", {
      "docs/rules.md": "one\n\ntwo, and a half\n\nthree\n",
      "dbt_project.yml.hbs":
        "name: {{domain}}\nprofile: {{domain}}\nmodels:\n  {{domain}}:\n    +access: private\nflags: {a: true}\n",
      "models/more.sql": "select 2 as id\n",
    })
    const run = await json(["update", "--yes"], { cwd: project })
    expect(run.exitCode, run.stdout).toBe(0)
    expect(read(project, "docs/rules.md")).toContain("and a half")
    expect(read(project, "dbt_project.yml").replace("flags: {a: true}\n", "")).toBe(OURS["dbt_project.yml"])
    expect(filesBelow(project)).not.toContain("models/example.sql")
  })

  test("a file that git has is not ignored by a pattern of the template's", async () => {
    write(project, { "data/sales.duckdb": "x", "local.duckdb": "x" })
    await git(project, "add", "data")
    await git(project, "commit", "--quiet", "-m", "data")
    const run = await adopt()
    expect(read(project, ".gitignore")).toBe(OURS[".gitignore"])
    expect(run.document.remarks).toMatchObject([{ code: "pattern-left-out", file: ".gitignore" }])
    expect(run.document.remarks?.[0]?.message).toContain("*.duckdb is left out, so that data/sales.duckdb stays in git")
  })

  test("what fits new projects only, or names an owner that nobody named, is not created", async () => {
    const rule = '  - {path: "docs/*.md", adopt: false}\n'
    write(cwd, { "t/template.yml": `${read(cwd, "t/template.yml")}${rule}` })
    write(project, { CODEOWNERS: null })
    await commitAll(project)
    expect(told(await adopt("--dry-run"))).toMatchObject({
      "docs/rules.md": "none starter-content",
      ".github/CODEOWNERS": "none answer-assumed",
    })
    expect(told(await adopt("--dry-run", "--set", "team=@acme/x", "--take", "docs/**"))).toMatchObject({
      "docs/rules.md": "create new-in-template",
      ".github/CODEOWNERS": "create new-in-template",
    })
  })

  test("what the template locks is told, and left to the next update", async () => {
    const rule = "  - {path: dbt_project.yml, locked: {keys: [profile, models.*.+access]}}\n"
    write(cwd, { "t/template.yml": `${read(cwd, "t/template.yml")}${rule}` })
    const run = await adopt()
    expect([run.exitCode, read(project, "dbt_project.yml")]).toEqual([0, OURS["dbt_project.yml"]])
    expect(run.document.remarks?.map(({ code }) => code)).toEqual(["locked"])
    expect(run.document.remarks?.[0]?.message).toMatch(
      /: dbt_project\.yml: (profile|models\.sales\.\+access), dbt_project\.yml: /,
    )
  })

  test("a file where a folder of the template's should be keeps these files away alone", async () => {
    write(project, { docs: "ours\n" })
    await commitAll(project)
    const { exitCode, document } = await adopt()
    expect(exitCode).toBe(3)
    const blocked = document.files?.filter(({ reason }) => reason === "blocked")
    expect(blocked?.map(({ path }) => path)).toEqual(["docs/rules.md"])
    expect(read(project, "docs")).toBe("ours\n")
    expect(filesBelow(project)).toContain("meshwright.lock")
  })

  test("a dry run and --abort leave nothing", async () => {
    const before = snapshot(project)
    const dry = await adopt("--dry-run", "--verbose")
    expect(dry.document).toMatchObject({ dryRun: true, template: { source: "../t", to: "1.0.0" } })
    expect(snapshot(project)).toEqual(before)
    await adopt()
    await succeed(["adopt", "--abort"], { cwd: project })
    expect(snapshot(project)).toEqual(before)
    expect(await git(project, "status", "--porcelain")).toBe("")
  })

  test("--branch commits it there, and --summary lists what is left to decide", async () => {
    await adopt("--branch", "adopt", "--summary", "../adopt.md")
    expect(await git(project, "log", "-1", "--format=%s", "adopt")).toBe("Adopt template tiny 1.0.0")
    expect(await git(project, "status", "--porcelain")).toBe("")
    const summary = read(cwd, "adopt.md")
    expect(summary).toContain("# Adopt template tiny 1.0.0")
    expect(summary).toContain("- `domain`: `sales` (dbt\\_project.yml, name)")
    expect(summary).toMatch(
      /## To decide by hand\n\n(- \[ \] .*\n)*- \[ \] `dbt_project\.yml`: .*`profile`.*sales.*warehouse/,
    )
  })

  test("--take brings the template's content, with markers where it clashes", async () => {
    const run = await adopt("--take", "macros/**", "--take", "dbt_project.yml")
    expect(run.exitCode).toBe(3)
    expect(read(project, "macros/generate_schema_name.sql")).toBe(TEMPLATE["macros/generate_schema_name.sql"])
    expect(read(project, "dbt_project.yml")).toMatch(/# ours\nname: sales\n<<<<<<< yours\nprofile: warehouse\n/)
    expect(read(project, "dbt_project.yml")).toContain("+access: private")
    expect(read(project, "README.md")).toBe("Ours\n")
    expect((await meshwright(["check"], { cwd: project })).exitCode).toBe(3)
    await succeed(["update", "--abort"], { cwd: project })
    expect(read(project, "dbt_project.yml")).toBe(OURS["dbt_project.yml"])
  })

  test("a file that says the same in other words is nothing to decide", async () => {
    write(project, { "dbt_project.yml": `# why\n${OURS["dbt_project.yml"]}` })
    write(project, { ".github/workflows/ci.yml": "# ours\non:   push\njobs: {build: {runs-on: ubuntu-latest}}\n" })
    await commitAll(project)
    const { stdout } = await succeed(["adopt", "../t", "--yes", "--dry-run", "--summary", "-"], { cwd: project })
    expect(stdout).toMatch(/- \[ \] `dbt_project\.yml`: .*`profile`: template: `sales`, yours: `warehouse`/)
    expect(stdout).not.toMatch(/- \[ \] .*ci\.yml/)
  })

  test("globs that fit nothing, and taken files that git ignores, are told", async () => {
    write(project, { ".gitignore": "profiles.yml\n" })
    await commitAll(project)
    const run = await adopt("--dry-run", "--take", "nomatch/*.yml", "--keep", "typo.md", "--take", "profiles.yml")
    expect(run.document.remarks?.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      "no-match: --take nomatch/*.yml fits no file of the template",
      "no-match: --keep typo.md fits no file of the template",
      "ignored: profiles.yml is ignored by git: it will be there, and in no commit",
    ])
  })

  test("--conflict puts files together that both have, and still creates none that dbt would read", async () => {
    const run = await adopt("--conflict", "inline", "--keep", "README.md")
    expect(run.exitCode).toBe(3)
    expect(told(run)).toMatchObject({
      "dbt_project.yml": "merge both-added",
      "README.md": "keep kept-by-setting",
      "profiles.yml": "none read-by-dbt",
    })
    expect(read(project, "meshwright.yml")).toContain("update:\n  keep: [README.md]\n")
  })

  test("says on a terminal's lines what it found and what stays", async () => {
    const { stdout } = await succeed(["adopt", "../t", "--yes", "--set", "team=@acme/x"], { cwd: project })
    expect(stdout).toContain("  domain: sales (dbt_project.yml, name)\n")
    expect(stdout).not.toContain("@acme/sales (")
    expect(stdout).toContain("profile: template: sales, yours: warehouse")
    expect(stdout).toContain("2 files of the template's example are not created")
  })
})

describe("at a terminal", () => {
  const confirmed = "? Is that right? (n: asks each of them)"

  test("shows what it found, asks what it did not, shows the plan, and asks once more", async () => {
    write(project, { CODEOWNERS: null })
    await commitAll(project)
    const { exitCode, transcript } = await terminal(
      ["adopt", "../t"],
      [
        see("domain: sales (dbt_project.yml, name)"),
        ...answer(confirmed),
        ...answer("? Team (@acme/data)"),
        see("profile: template: sales, yours: warehouse"),
        ...answer("? Do this?"),
        see("Adopted."),
        see("meshwright adopt ../t --set domain=sales --set team=@acme/data --set ci=github --yes"),
      ],
      { cwd: project },
    )
    expect(exitCode).toBe(0)
    expect(transcript).not.toContain("? Domain")
    expect(filesBelow(project)).toContain("meshwright.lock")
  })

  test("asks each question where something is wrong, and writes nothing against a no or Ctrl-C", async () => {
    const before = snapshot(project)
    const { exitCode } = await terminal(
      ["adopt", "../t"],
      [
        see(confirmed),
        type(`n${ENTER}`),
        ...answer("? Domain (sales)"),
        ...answer("? Team (@acme/sales)"),
        ...answer("? CI"),
        see("? Do this?"),
        type(`n${ENTER}`),
        see("nothing was changed"),
      ],
      { cwd: project },
    )
    expect(exitCode).toBe(130)
    const interrupted = await terminal(["adopt", "../t"], [see(confirmed), type(CTRL_C)], { cwd: project })
    expect(interrupted.exitCode).toBe(130)
    expect(snapshot(project)).toEqual(before)
  })
})

describe("answers", () => {
  test("what was found and does not fit is not answered by a default", async () => {
    write(project, { ".github/workflows/dbt.yml": null, CODEOWNERS: "* not-a-team@\n" })
    write(cwd, {
      "t/template.yml": `name: tiny\nversion: 1.0.0\ndescription: a test\n${QUESTIONS.replace("guess: team,", 'guess: adapter, validate: {pattern: "^@"},')}`,
    })
    write(project, { "requirements.txt": "dbt-snowflake\n" })
    const run = await adopt()
    expect(run.exitCode).toBe(2)
    expect(run.document.error).toMatchObject({
      code: "missing-answer",
      message: "team: found snowflake (requirements.txt), which must match ^@",
      hint: "--set team=…",
    })
    expect((await adopt("--set", "team=@a", "--dry-run")).exitCode).toBe(0)
  })

  test("where nothing would answer, what was found is told all the same", async () => {
    const strict = read(cwd, "t/template.yml").replace("guess: domain", "guess: domain, validate: {max: 3}")
    write(cwd, { "t/template.yml": strict })
    const run = await adopt("--dry-run")
    expect(run.document.errors?.map(({ message }) => message)).toEqual([
      "domain: found sales (dbt_project.yml, name), which must have at most 3 characters",
    ])
  })

  test("a CI that the template has nothing for means none", async () => {
    write(project, { ".github/workflows/dbt.yml": null, ".gitlab-ci.yml": "x: {script: [dbt build]}\n" })
    const run = await adopt("--dry-run")
    expect(run.document.found).toContainEqual({
      question: "ci",
      value: "none",
      where: ".gitlab-ci.yml is a CI of its own",
    })
    expect(told(run)[".github/workflows/ci.yml"]).toBeUndefined()
  })
})

describe("refused", () => {
  test.each<[what: string, where: string, code: string, exitCode: number, prepare: Readonly<Record<string, string>>]>([
    ["a project of meshwright", ".", "already-a-project", 1, { "meshwright.yml": "template: x\n" }],
    ["a folder of a dbt project", "src/models", "inside-project", 1, {}],
    ["a folder that is not there", "../nowhere", "no-folder", 1, {}],
    ["a folder without a dbt project", "..", "no-dbt-project", 1, {}],
    ["a file", "README.md", "not-a-folder", 1, {}],
  ])("%s", async (_, where, code, exitCode, prepare) => {
    write(project, prepare)
    const before = snapshot(cwd)
    const run = await adopt("--dest", where, "--set", "domain=sales")
    expect([run.document.error?.code, run.exitCode], run.stdout).toEqual([code, exitCode])
    expect(snapshot(cwd)).toEqual(before)
  })

  test("files with uncommitted changes that would be written over", async () => {
    write(project, { ".gitignore": "mine\n" })
    const run = await adopt()
    expect([run.document.error?.code, run.exitCode]).toEqual(["uncommitted", 1])
    expect((await adopt("--allow-dirty")).exitCode).toBe(0)
    expect(read(project, ".gitignore")).toContain("mine\n")
  })

  test("a folder without a dbt project, before anything is asked, with a word for the shell", async () => {
    write(cwd, { "data/dbt é/dbt_project.yml": "name: x\n" })
    const run = await json(["adopt", "builtin:domain", "--yes", "--dest", "data"], { cwd })
    expect([run.document.error?.code, run.exitCode]).toEqual(["no-dbt-project", 1])
    expect(run.document.error?.hint).toMatch(/--dest '[^']*data\/dbt é'$/)
  })

  test("a run without SOURCE", async () => {
    const run = await meshwright(["adopt"], { cwd: project })
    expect([run.exitCode, run.stderr]).toEqual([2, expect.stringContaining("SOURCE is missing")])
  })
})

test("any folder comes under a template that is none of dbt", async () => {
  write(cwd, {
    "u/template.yml": "name: plain\nversion: 1.0.0\ndescription: a test\n",
    "u/files/models/x.md": "x\n",
    "any/notes.txt": "n\n",
  })
  await succeed(["adopt", "../u", "--yes"], { cwd: join(cwd, "any") })
  expect(filesBelow(join(cwd, "any"))).toContain("models/x.md")
})

describe("a project that was once made from an older version", () => {
  const changed = "one\n\ntwo, changed by the template\n\nthree\n"

  beforeEach(async () => {
    await git(cwd, "init", "--quiet", "--initial-branch=main", "t")
    await git(join(cwd, "t"), "add", ".")
    await git(join(cwd, "t"), "commit", "--quiet", "-m", "1")
    await git(join(cwd, "t"), "tag", "v1.0.0")
    await succeed(["new", "--template", "./t", "--dest", "old", "--yes", "--set", "domain=sales"], { cwd })
    write(join(cwd, "old"), {
      "meshwright.yml": null,
      "meshwright.lock": null,
      "docs/rules.md": "one, changed by us\n\ntwo\n\nthree\n",
      "seeds/example.csv": null,
    })
    await commitAll(join(cwd, "old"))
    release("1.1.0", { "docs/rules.md": changed, "profiles.yml.hbs": null, "docs/new.md": "new\n" })
    await git(join(cwd, "t"), "add", ".")
    await git(join(cwd, "t"), "commit", "--quiet", "-m", "1.1")
    await git(join(cwd, "t"), "tag", "v1.1.0")
  })

  test("--version makes that version the base: both sides' changes come together", async () => {
    const source = `git+file://${encodeURI(join(cwd, "t"))}`
    const run = await json(["adopt", source, "--version", "v1.0.0", "--yes"], { cwd: join(cwd, "old") })
    expect(run.exitCode, run.stdout).toBe(0)
    expect(run.document.template).toMatchObject({ from: "v1.0.0", to: "v1.1.0" })
    expect(told(run)).toMatchObject({
      "docs/new.md": "create new-in-template",
      "docs/rules.md": "merge both-changed",
      "profiles.yml": "delete deleted-by-template",
      "seeds/example.csv": "none deleted-by-team",
    })
    expect(read(join(cwd, "old"), "docs/rules.md")).toBe(
      "one, changed by us\n\ntwo, changed by the template\n\nthree\n",
    )
  })

  test("where the template has stops in between, the project comes in at its version, and an update goes on", async () => {
    const source = `git+file://${encodeURI(join(cwd, "t"))}`
    const template = join(cwd, "t")
    write(template, {
      "template.yml": `${read(template, "template.yml")}stops: [1.1.0]\n`.replace("1.1.0\nd", "1.2.0\nd"),
    })
    await git(template, "commit", "--quiet", "--all", "-m", "1.2")
    await git(template, "tag", "v1.2.0")
    const run = await json(["adopt", source, "--version", "v1.0.0", "--yes"], { cwd: join(cwd, "old") })
    expect(run.exitCode, run.stdout).toBe(0)
    expect(run.document.template).toMatchObject({ to: "v1.0.0" })
    expect(run.document.remarks?.map(({ code }) => code)).toEqual(["update-next"])
    await commitAll(join(cwd, "old"))
    const update = await json(["update", "--yes"], { cwd: join(cwd, "old") })
    expect(update.document.template).toMatchObject({ from: "v1.0.0", to: "v1.2.0" })
    expect(read(join(cwd, "old"), "docs/rules.md")).toBe(
      "one, changed by us\n\ntwo, changed by the template\n\nthree\n",
    )
  })

  test("a version that is none is told", async () => {
    const source = `git+file://${encodeURI(join(cwd, "t"))}`
    const run = await json(["adopt", source, "--version", "v9.0.0", "--yes"], { cwd: join(cwd, "old") })
    expect([run.exitCode, run.document.error?.code]).toEqual([1, "no-revision"])
  })
})
