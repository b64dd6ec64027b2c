import { execa } from "execa"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { commitAll, environment, git, json, meshwright, succeed } from "../../helpers/cli.ts"
import { read, snapshot, write } from "../../helpers/files.ts"
import { npmPack, registry, type Registry } from "../../helpers/registry.ts"
import { folder } from "../../helpers/workspace.ts"
import { RELEASES } from "./releases.ts"

// One company, one template in a git repository and as an npm package, three domains. The tests are its chapters, in order.

const PACKAGE = "@acme/dbt-domain"
const TODAY = "2026-11-21"
const cwd = folder()
const source = `git+file://${join(cwd, "templates.git")}`
const home = join(cwd, "home")
const env = { HOME: home, XDG_CACHE_HOME: join(cwd, "cache"), MESHWRIGHT_TODAY: TODAY }
let npm: Registry

beforeAll(async () => {
  npm = await registry()
  write(home, { ".npmrc": `@acme:registry=${npm.url}\n` })
  await git(cwd, "init", "--quiet", "--bare", "--initial-branch=main", "templates.git")
  await git(cwd, "clone", "--quiet", "templates.git", "work")
})
afterAll(() => npm.close())

/** The platform team commits, tags and pushes a release, and publishes it as a package. */
async function release(version: string): Promise<void> {
  const work = join(cwd, "work")
  write(work, {
    ...Object.fromEntries(Object.entries(RELEASES[version]!).map(([path, text]) => [path, text])),
    "package.json": JSON.stringify({ name: PACKAGE, version, files: ["template.yml", "files", "migrations", "*.md"] }),
    ...(RELEASES[version]!["template.yml"] === undefined
      ? { "template.yml": read(work, "template.yml").replace(/^version: .*$/m, `version: ${version}`) }
      : {}),
  })
  await commitAll(work, `Release ${version}`)
  await git(work, "tag", `v${version}`)
  await git(work, "push", "--quiet", "origin", "main", "--tags")
  npm.offer(PACKAGE, version, await npmPack(work))
}

const project = (name: string): string => join(cwd, name)
const run = (name: string, ...args: readonly string[]): ReturnType<typeof meshwright> =>
  meshwright(args, { cwd: project(name), env })
const report = (name: string, ...args: readonly string[]): ReturnType<typeof json> =>
  json(args, { cwd: project(name), env })

/** The team's work, committed. */
async function edit(name: string, files: Readonly<Record<string, string | null>>): Promise<void> {
  write(project(name), files)
  await commitAll(project(name), "Work of the team")
}

const change = (name: string, path: string, from: string, to: string): Readonly<Record<string, string>> => {
  const text = read(project(name), path)
  if (!text.includes(from)) throw new Error(`${path} of ${name} has no ${from}:\n${text}`)
  return { [path]: text.replace(from, to) }
}

async function dbt(name: string, ...args: readonly string[]): Promise<void> {
  const ran = await execa(process.env["DBT1"]!, [...args, "--profiles-dir", "."], {
    cwd: project(name),
    env: environment,
    extendEnv: false,
    reject: false,
  })
  if (ran.exitCode !== 0) throw new Error(`dbt ${args.join(" ")} in ${name}\n${ran.stdout}\n${ran.stderr}`)
}

describe("three projects from 1.0.0", () => {
  beforeAll(() => release("1.0.0"))

  test.each([
    ["sales", source],
    ["finance", `${source}@^1`],
    ["orders", `npm:${PACKAGE}`],
  ])("%s comes from %s", async (name, from) => {
    await succeed(["new", name, "--template", from, "--yes"], { cwd, env })
    const files = snapshot(project(name))
    expect(read(project(name), "dbt_project.yml")).toContain(`    cost_center: 1000 # who pays\n    region: eu\n`)
    expect(read(project(name), ".gitignore")).toMatch(/^target\/$/m)
    expect(read(project(name), ".gitignore")).toMatch(/^\.acme\/$/m)
    expect(read(project(name), ".github/CODEOWNERS")).toContain(`@acme/${name}-data`)
    expect(read(project(name), "models/_groups.yml")).toContain(`${name}@acme.example`)
    expect(Object.keys(files).filter((path) => path.startsWith("infra/"))).toEqual([])
    expect((await run(name, "check")).exitCode).toBe(0)
  })

  test("what the company has decided is no question", async () => {
    const refused = await json(["new", "hr", "--template", source, "--yes", "--set", "organisation=other"], {
      cwd,
      env,
    })
    expect(refused).toMatchObject({
      exitCode: 2,
      document: { error: { message: expect.stringMatching(/acme/) as string } },
    })
    expect(existsSync(project("hr"))).toBe(false)
  })
})

describe("the teams work", () => {
  test("each in its own way", async () => {
    await edit("sales", {
      ...change("sales", "docs/runbook.md", "Tell the consumers.", "Tell the consumers, and the sales desk."),
      ...change(
        "sales",
        "dbt_project.yml",
        "cost_center: 1000 # who pays",
        "cost_center: 4711 # who pays: see the ledger",
      ),
      "models/marts/costs.sql": `select {{ var("cost_center") }} as cost_center\n`,
    })
    await edit("finance", {
      "docs/policies/region.md": null,
      ".gitignore": `${read(project("finance"), ".gitignore")}scratch/\n`,
    })
    await git(project("orders"), "mv", "docs/runbook.md", "RUNBOOK.md")
    await edit("orders", change("orders", "dbt_project.yml", "region: eu", "region: us # our customers are there"))
  })
})

describe("1.1.0", () => {
  beforeAll(() => release("1.1.0"))

  test.each(["sales", "finance", "orders"])("%s is told of it, and gets it without a conflict", async (name) => {
    const check = await report(name, "check")
    expect(check).toMatchObject({ exitCode: 3, document: { findings: [{ code: "newer-template" }] } })
    const { exitCode, document } = await report(name, "update", "--yes", "--commit")
    expect(exitCode).toBe(0)
    expect(document.notes).toEqual([expect.objectContaining({ version: "1.1.0" })])
    const runbook = name === "orders" ? "RUNBOOK.md" : "docs/runbook.md"
    expect(read(project(name), runbook)).toContain("3. Call who is on duty.\n")
    expect(read(project(name), ".gitignore")).toMatch(/^logs\/$/m)
    expect((await run(name, "check")).exitCode).toBe(0)
    expect((await report(name, "update", "--yes")).document.summary).toMatchObject({
      updated: 0,
      merged: 0,
      created: 0,
    })
  })

  test("what the teams wrote is there", () => {
    expect(read(project("sales"), "docs/runbook.md")).toContain("and the sales desk")
    expect(read(project("sales"), "dbt_project.yml")).toContain("cost_center: 4711 # who pays: see the ledger")
    expect(existsSync(join(project("finance"), "docs/policies/region.md"))).toBe(false)
    expect(read(project("finance"), ".gitignore")).toMatch(/^scratch\/$/m)
    expect(existsSync(join(project("orders"), "docs/runbook.md"))).toBe(false)
    expect(read(project("orders"), "dbt_project.yml")).toContain("region: us # our customers are there")
  })
})

describe("2.0.0", () => {
  beforeAll(() => release("2.0.0"))

  test("finance stays within ^1 until somebody says otherwise", async () => {
    const check = await report("finance", "check")
    expect(check.exitCode).toBe(0)
    expect((await report("finance", "update", "--yes")).document.template).toMatchObject({
      from: "v1.1.0",
      to: "v1.1.0",
    })
    await edit("finance", change("finance", "meshwright.yml", "@^1", ""))
  })

  test.each(["sales", "orders", "finance"])("%s: its migration is code, and does not run unasked", async (name) => {
    const before = snapshot(project(name))
    const { exitCode, document } = await report(name, "update", "--yes")
    expect({ exitCode, code: document.error?.code }).toEqual({ exitCode: 4, code: "untrusted" })
    expect(snapshot(project(name))).toEqual(before)
  })

  test("a dry run tells all of it", async () => {
    const { exitCode, stdout } = await run("sales", "update", "--yes", "--trust", "--dry-run")
    expect(exitCode).toBe(0)
    for (const told of ["models/marts/costs.sql", "docs/operations/runbook.md", "spelled as everywhere else"])
      expect(stdout).toContain(told)
    expect(read(project("sales"), "models/marts/costs.sql")).toContain("cost_center")
  })

  test("sales: renames, the migration and the team's work come together", async () => {
    const { exitCode } = await report("sales", "update", "--yes", "--trust", "--commit")
    expect(exitCode).toBe(0)
    expect(existsSync(join(project("sales"), "docs/runbook.md"))).toBe(false)
    const runbook = read(project("sales"), "docs/operations/runbook.md")
    expect(runbook).toContain("Ask in the channel of the domain.\n")
    expect(runbook).toContain("and the sales desk")
    expect(read(project("sales"), "models/marts/costs.sql")).toContain(`var("cost_centre")`)
    expect(read(project("sales"), "dbt_project.yml")).toContain("cost_centre: 4711 # who pays: see the ledger")
    const settings = read(project("sales"), "meshwright.yml")
    expect(settings).toContain("cost_centre: 1000")
    expect(settings).not.toMatch(/cost_center|chat_channel/)
    await dbt("sales", "build")
  })

  test("orders: the region is the company's, unless there is an exception", async () => {
    const args = ["--set", "path=dbt_project.yml", "--set", "key=vars.orders.region"]
    const why = [
      "--set",
      "reason=Customers are there",
      "--set",
      "approved_by=data-council",
      "--set",
      "until=2026-12-31",
    ]
    const { exitCode } = await report("orders", "update", "--yes", "--trust", "--commit")
    expect(exitCode).toBe(0)
    expect(read(project("orders"), "dbt_project.yml")).toContain("region: eu")
    await edit("orders", change("orders", "dbt_project.yml", "region: eu", "region: us"))
    const check = await report("orders", "check")
    expect(check).toMatchObject({
      exitCode: 3,
      document: { findings: [{ file: "dbt_project.yml", message: expect.stringMatching(/region/) as string }] },
    })
    await succeed(["add", "exception", "--yes", ...args, ...why], { cwd: project("orders"), env })
    expect((await run("orders", "check")).exitCode).toBe(0)
    await commitAll(project("orders"), "An exception")
    await succeed(["update", "--yes"], { cwd: project("orders"), env })
    expect(read(project("orders"), "dbt_project.yml")).toContain("region: us")
    const later = await json(["check"], { cwd: project("orders"), env: { ...env, MESHWRIGHT_TODAY: "2027-01-01" } })
    expect(later.exitCode).toBe(3)
    expect(read(project("orders"), "RUNBOOK.md")).toContain("Ask in the channel of the domain.\n")
  })

  test("finance: what it deleted stays deleted, and all three are in sync", async () => {
    expect((await report("finance", "update", "--yes", "--trust", "--commit")).exitCode).toBe(0)
    expect(existsSync(join(project("finance"), "docs/policies/region.md"))).toBe(false)
    expect(read(project("finance"), ".gitignore")).toMatch(/^scratch\/$/m)
    expect(read(project("finance"), "dbt_project.yml")).toContain("cost_centre: 1000 # who pays")
    for (const name of ["sales", "finance", "orders"]) expect((await run(name, "check")).exitCode).toBe(0)
  })

  test("a new project of 2.0.0 has what an updated one has", async () => {
    await succeed(["new", "people", "--template", source, "--yes"], { cwd, env })
    const theirs = Object.keys(snapshot(project("people"))).map((path) => path.replaceAll("people", "finance"))
    const ours = Object.keys(snapshot(project("finance")))
    expect(theirs.filter((path) => !ours.includes(path))).toEqual(["docs/policies/region.md"])
    expect(ours.filter((path) => !theirs.includes(path))).toEqual([])
  })
})
