import { existsSync, mkdirSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { execa } from "execa"
import { expect, test } from "vitest"
import { commitAll, environment, git, json, meshwright, program, succeed } from "../helpers/cli.ts"
import { read, snapshot, write } from "../helpers/files.ts"
import { released } from "../helpers/released.ts"
import { lines } from "../helpers/tiny.ts"
import { folder } from "../helpers/workspace.ts"

const SCRIPT = `import { readFileSync, writeFileSync, readdirSync, renameSync, mkdirSync } from "node:fs"
mkdirSync("models/staging", { recursive: true })
for (const name of readdirSync("models").filter((each) => each.startsWith("stg_"))) renameSync("models/" + name, "models/staging/" + name)
for (const path of ["a.txt", "models/orders.sql"]) writeFileSync(path, readFileSync(path, "utf8").replace("old_name", "new_name"))
mkdirSync("target", { recursive: true })
writeFileSync("target/log.txt", "a tool's")
`

const MIGRATION = `migrations:
  - since: 2.0.0
    run: [node, migrations/rename.mjs]
    description: stg_ models move to staging
`

/** A template whose second release renames a name in a file of its own, and has a migration that does so in all files. */
async function twoReleases(migrations = MIGRATION, script = SCRIPT) {
  const story = released()
  const questions = `questions: [{ name: domain, type: input, message: Domain, default: sales }, { name: token, type: password, message: Token, default: none }]\n`
  await story.release("1.0.0", questions, {
    "files/a.txt": lines({ two: "old_name" }),
    "files/.gitignore.hbs": "target/\n",
  })
  await story.release("2.0.0", questions + migrations, {
    "files/a.txt": lines({ two: "new_name", four: "FOUR" }),
    "files/new.txt": "new\n",
    "migrations/rename.mjs": script,
  })
  await story.create("1.0.0", {
    "a.txt": lines({ two: "old_name", eight: "OURS" }),
    "models/orders.sql": "select old_name\n",
    "models/stg_orders.sql": "select 1\n",
  })
  return story
}

test("a migration runs on a copy; what it changed is merged with the template's changes, planned, applied and undone as one", async () => {
  const { project } = await twoReleases()
  const before = snapshot(project)
  const dry = await json(["update", "--yes", "--trust", "--dry-run"], { cwd: project })
  expect(dry.exitCode, dry.stdout).toBe(0)
  expect(dry.stderr).toContain("Migration 2.0.0 of tiny: stg_ models move to staging")
  expect(snapshot(project)).toEqual(before)

  const { document, exitCode } = await json(["update", "--yes", "--trust"], { cwd: project })
  expect(exitCode).toBe(0)
  expect({ ...dry.document, dryRun: false }).toEqual(document)
  expect(document.steps).toMatchObject([
    { to: "v2.0.0", migrations: [{ since: "2.0.0", description: "stg_ models move to staging", files: 3 }] },
  ])
  const told = document.files!.map(({ path, from, action, reason, status }) => [path, from, action, reason, status])
  expect(told).toEqual([
    ["a.txt", undefined, "merge", "both-changed", "clean"],
    ["models/orders.sql", undefined, "update", "migrated", "clean"],
    ["models/staging/stg_orders.sql", "models/stg_orders.sql", "rename", "migrated", "clean"],
    ["new.txt", undefined, "create", "new-in-template", "clean"],
  ])
  expect(read(project, "a.txt")).toBe(lines({ two: "new_name", four: "FOUR", eight: "OURS" }))
  expect(read(project, "models/orders.sql")).toBe("select new_name\n")
  expect(existsSync(join(project, "target"))).toBe(false)

  await succeed(["update", "--abort"], { cwd: project })
  expect(snapshot(project)).toEqual(before)

  const { stdout } = await succeed(["update", "--yes", "--trust", "--commit", "--summary", "../s.md"], { cwd: project })
  expect(stdout).toContain("Migration 2.0.0: stg_ models move to staging (3 files changed)")
  expect(read(join(project, ".."), "s.md")).toContain("Migration 2.0.0: stg\\_ models")
  expect(await git(project, "log", "-1", "--format=%B")).toContain("Migration 2.0.0: stg_ models move to staging")
  expect(await git(project, "status", "--porcelain")).toBe("")
  // It ran once, and for good.
  expect(await succeed(["update", "--yes"], { cwd: project })).toMatchObject({ stderr: "" })
})

test("what comes from whom is told of the project as the migrations leave it", async () => {
  const key = (name: string, value: string): string => `a: 1\n${name}: ${value}\nb: 2\nc: 3\n`
  const story = released()
  await story.release("1.0.0", "", { "files/a.yml": key("old", "1"), "files/b.yml": "x: 1\n" })
  await story.release(
    "2.0.0",
    "migrations: [{since: 2.0.0, run: [sed, -i.bak, s/old/new/, a.yml], description: new names}]\n",
    { "files/a.yml": key("new", "2").replace("c: 3", "c: 4"), "files/.gitignore.hbs": "*.bak\n" },
  )
  await story.create("1.0.0", { "a.yml": key("old", "1").replace("c: 3", "c: 5"), ".gitignore": "*.bak\n" })
  const { stdout } = await meshwright(["diff", "--incoming", "--trust"], { cwd: story.project })
  expect(stdout).toContain("      new: template 1 → 2\n      c: template 3 → 4, yours 5 (conflict)\n\n")
  expect(stdout).toContain("-old: 1")
})

test("a migration that is not trusted does not run, and is told", async () => {
  const { project } = await twoReleases()
  const before = snapshot(project)
  for (const args of [
    ["update", "--yes"],
    ["update", "--yes", "--dry-run"],
    ["diff", "--incoming"],
  ]) {
    const { exitCode, document } = await json(args, { cwd: project })
    expect(exitCode).toBe(4)
    expect(document.error).toMatchObject({ code: "untrusted" })
    expect(document.error?.message).toContain("node migrations/rename.mjs")
    expect(document.error?.message).toContain("stg_ models move to staging")
  }
  expect(snapshot(project)).toEqual(before)
  const shown = await json(["update", "--yes", "--dry-run"], { cwd: project })
  expect(shown.document).toMatchObject({ dryRun: true, remarks: [{ code: "not-migrated" }] })
  expect(shown.document.files?.length).toBeGreaterThan(0)
  const { stdout, stderr } = await meshwright(["update", "--yes", "--dry-run"], { cwd: project })
  expect(stdout).toContain("the migrations did not run")
  expect(stderr).toContain("is code that is not trusted")
})

test("a migration sees what it needs and no more; its condition, its order and its failure count", async () => {
  const show = `import { writeFileSync } from "node:fs"
const { PATH, TMPDIR, ...shown } = process.env
writeFileSync("seen.json", JSON.stringify({ ...shown, home: process.env.HOME !== ${JSON.stringify(environment["HOME"])}, HOME: 0 }))
`
  const { project } = await twoReleases(
    `migrations:
  - { since: 2.0.0, run: [node, migrations/rename.mjs], description: last }
  - { since: 1.5.0, run: [node, -e, "require('fs').writeFileSync('order.txt', 'first')"], description: first }
  - { since: 2.0.0, run: [sh, -c, "printf ' second' >> order.txt"], description: second }
  - { since: 2.0.0, run: [sh, -c, "exit 1"], description: for others, when: { domain: finance } }
  - { since: 1.0.0, run: [sh, -c, "exit 1"], description: long ago }
`,
    show,
  )
  await succeed(["update", "--yes", "--trust"], { cwd: project, env: { SECRET: "s", MESHWRIGHT_ANSWER_TOKEN: "tkn" } })
  expect(read(project, "order.txt")).toBe("first second")
  const {
    MESHWRIGHT_TEMPLATE: template,
    LANG: _,
    ...seen
  } = JSON.parse(read(project, "seen.json")) as Record<string, string>
  expect(existsSync(join(template!, "template.yml"))).toBe(true)
  expect(seen).toMatchObject({
    HOME: 0,
    home: true,
    MESHWRIGHT_FROM: "v1.0.0",
    MESHWRIGHT_TO: "v2.0.0",
    MESHWRIGHT_ANSWER_DOMAIN: "sales",
  })
  expect(Object.keys(seen)).not.toContain("SECRET")
  expect(Object.keys(seen)).not.toContain("MESHWRIGHT_ANSWER_TOKEN")
})

test("a migration that fails, hangs, asks or leaves what no project may have is told, and changes nothing", async () => {
  const story = await twoReleases("")
  const { project } = story
  const before = snapshot(project)
  const cases = [
    [
      `console.error("no way"); process.exit(3)`,
      "migration-failed",
      "ended with exit code 3; nothing was changed\n    no way",
    ],
    [`setInterval(() => {}, 1000)`, "migration-failed", "did not end within 2 s"],
    [`process.stdin.on("end", () => process.exit(9)).resume()`, "migration-failed", "ended with exit code 9"],
    [`require("fs").appendFileSync("meshwright.yml", "# mine")`, "migration-result", "meshwright.yml"],
    [`require("fs").symlinkSync("/etc/passwd", "x")`, "migration-result", "made a link that leaves the project: x"],
    ["", "migration-missing", "migrations/other.mjs"],
  ] as const
  for (const [index, [script, code, message]] of cases.entries()) {
    const run = script === "" ? "[node, migrations/other.mjs]" : `[node, -e, ${JSON.stringify(script)}]`
    const version = `2.0.${index + 1}`
    await story.release(version, `migrations: [{ since: ${version}, run: ${run}, description: bad }]\n`, {})
    const env: Record<string, string> = message.includes("2 s") ? { MESHWRIGHT_MIGRATION_TIMEOUT: "2" } : {}
    const { exitCode, document } = await json(["update", "--yes", "--trust"], { cwd: project, env })
    expect({ exitCode, code: document.error?.code }).toEqual({ exitCode: 1, code })
    expect(document.error?.message).toContain(message)
  }
  expect(snapshot(project)).toEqual(before)
})

test("Ctrl-C while a migration runs ends it, and leaves nothing", async () => {
  const { cwd, project } = await twoReleases(
    `migrations: [{ since: 2.0.0, run: [sh, -c, "echo started > $MARK; sleep 30 & sleep 30"], description: slow }]\n`.replace(
      "$MARK",
      "../../mark",
    ),
  )
  const before = snapshot(project)
  const temporary = join(cwd, "tmp")
  mkdirSync(temporary)
  const run = execa(process.execPath, [program, "update", "--yes", "--trust"], {
    cwd: project,
    env: { ...environment, TMPDIR: temporary },
    extendEnv: false,
    reject: false,
    stdin: "ignore",
  })
  while (!existsSync(join(temporary, "mark"))) await new Promise((resolve) => void setTimeout(resolve, 20))
  run.kill("SIGINT")
  expect(await run).toMatchObject({ exitCode: 130 })
  expect(readdirSync(temporary)).toEqual(["mark"])
  expect(snapshot(project)).toEqual(before)
})

test("migrations run in their step of a walk, and what the team keeps is left alone, also without git", async () => {
  const story = released()
  const migrations = (...more: readonly string[]): string =>
    [
      "migrations:",
      `  - { since: 2.0.0, run: [sh, -c, "cat a.txt >> seen.txt; echo 2 >> kept.txt"], description: two }`,
      ...more,
      "",
    ].join("\n")
  await story.release("1.0.0", "", { "files/a.txt": "one\n" })
  await story.release("2.0.0", migrations(), { "files/a.txt": "two\n" })
  const third = migrations(`  - { since: 3.0.0, run: [sh, -c, "cat a.txt >> seen.txt"], description: three }`)
  await story.release("3.0.0", `${third}stops: [2.0.0]\n`, { "files/a.txt": "three\n" })
  await story.create("1.0.0", {}, "--no-git")
  const { project } = story
  write(project, { "kept.txt": "mine\n", "node_modules/x/y.js": "// not copied\n" })
  write(project, { "meshwright.yml": `${read(project, "meshwright.yml")}update:\n  keep: [kept.txt]\n` })

  const { document, exitCode } = await json(["update", "--yes", "--trust"], { cwd: project })
  expect(exitCode).toBe(0)
  expect(read(project, "seen.txt")).toBe("one\ntwo\n")
  expect(read(project, "kept.txt")).toBe("mine\n")
  expect(read(project, "a.txt")).toBe("three\n")
  expect(document.files!.map(({ path, action, reason }) => [path, action, reason])).toEqual([
    ["a.txt", "update", "template-changed"],
    ["kept.txt", "keep", "kept-by-setting"],
    ["seen.txt", "create", "migrated"],
  ])
})

test("a template that extends another one runs the migrations of both, each by its own version", async () => {
  const cwd = folder()
  const template = (name: string, version: string, more: string): void =>
    write(cwd, {
      [`${name}/template.yml`]: `name: ${name}\nversion: ${version}\ndescription: a test\n${more}`,
      [`${name}/files/${name}.txt`]: `${version}\n`,
      [`${name}/migrations/add.sh`]: `echo ${name} $MESHWRIGHT_FROM $MESHWRIGHT_TO >> seen.txt\n`,
    })
  const migration = (since: string): string =>
    `migrations: [{ since: ${since}, run: [sh, migrations/add.sh], description: tell }]\n`
  template("below", "5.0.0", "")
  template("above", "1.0.0", "extends: ../below\n")
  await succeed(["new", "--template", "./above", "--dest", "p", "--yes"], { cwd })
  const project = join(cwd, "p")
  await commitAll(project)
  template("below", "5.1.0", migration("5.1.0"))
  template("above", "1.1.0", `extends: ../below\n${migration("1.1.0")}`)
  const refused = await json(["update", "--yes"], { cwd: project })
  expect(refused.exitCode).toBe(4)
  expect(await meshwright(["update", "--yes", "--trust"], { cwd: project })).toMatchObject({ exitCode: 0 })
  expect(read(project, "seen.txt")).toBe("below 5.0.0 5.1.0\nabove 1.0.0 1.1.0\n")
})
