import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { execa } from "execa"
import { expect, test } from "vitest"
import { environment, meshwright, program, succeed } from "../../helpers/cli.ts"
import { snapshot, write } from "../../helpers/files.ts"
import { folder } from "../../helpers/workspace.ts"

// The program as users start it, killed at every step; then "the next command" of any kind, and the tree is all old or all new.
const preload = pathToFileURL(join(import.meta.dirname, "kill-at-call.mjs")).href

/** Runs the program until its Nth changing call. Returns whether it came to its end. */
async function survives(args: readonly string[], cwd: string, call: number): Promise<boolean> {
  const run = await execa(process.execPath, ["--import", preload, program, ...args], {
    cwd,
    env: { ...environment, KILL_AT_CALL: String(call) },
    extendEnv: false,
    reject: false,
    input: "",
  })
  if (run.exitCode === 0) return true
  expect(run.signal, run.stderr).toBe("SIGKILL")
  return false
}

async function untilItSurvives(step: (call: number) => Promise<boolean>): Promise<number> {
  let call = 1
  while (!(await step(call))) call += 1
  return call - 1
}

function template(cwd: string, version: string, files: Readonly<Record<string, string | null>>): void {
  write(cwd, { "tpl/template.yml": `{name: tiny, version: ${version}, description: a test}`, ...files })
}

test(
  "`new`, killed at every step, leaves nothing or everything once any command has run",
  { timeout: 600_000 },
  async () => {
    const cwd = folder()
    template(cwd, "1.0.0", { "tpl/files/a.yml": "a: 1\n", "tpl/files/models/b.sql": "select 1\n" })
    const create = ["new", "--template", "tpl", "--dest", "sales", "--yes", "--no-git"]
    await succeed(create, { cwd })
    const complete = snapshot(join(cwd, "sales"))
    rmSync(join(cwd, "sales"), { recursive: true })
    // In turn: a command about the project, and one about another in the same folder.
    const next = [
      ["check", "--dest", "sales"],
      ["new", "other", "--yes", "--dry-run"],
    ]
    const seen = new Set<string>()
    const kills = await untilItSurvives(async (call) => {
      const survived = await survives(create, cwd, call)
      await meshwright(next[call % 2] ?? [], { cwd })
      const there = readdirSync(cwd).toSorted()
      seen.add(there.join(" "))
      if (there.includes("sales")) expect(snapshot(join(cwd, "sales")), `killed at call ${call}`).toEqual(complete)
      else expect(there, `killed at call ${call}`).toEqual(["tpl"])
      rmSync(join(cwd, "sales"), { recursive: true, force: true })
      return survived
    })
    expect(kills).toBeGreaterThan(10)
    expect([...seen].toSorted()).toEqual(["sales tpl", "tpl"])
  },
)

test(
  "`update`, killed at every step, leaves the old project or the new one once any command has run, and the new one can be aborted",
  { timeout: 600_000 },
  async () => {
    const { sales, old, updated, restore } = await aboutToUpdate()
    const seen = new Set<string>()
    const kills = await untilItSurvives(async (call) => {
      restore("old")
      const survived = await survives(["update"], sales, call)
      await meshwright(["diff"], { cwd: sales })
      const now = snapshot(sales)
      const end = now["a.yml"] === old["a.yml"] ? "old" : "new"
      expect(now, `killed at call ${call}`).toEqual(end === "old" ? old : updated)
      const { exitCode } = await meshwright(["update", "--abort"], { cwd: sales })
      expect(exitCode, `killed at call ${call}`).toBe(end === "old" ? 1 : 0)
      expect(snapshot(sales), `killed at call ${call}`).toEqual(old)
      expect(readdirSync(join(sales, ".git")), `killed at call ${call}`).not.toContain("meshwright")
      seen.add(end)
      return survived
    })
    expect(kills).toBeGreaterThan(10)
    expect([...seen].toSorted()).toEqual(["new", "old"])
  },
)

test("`update --abort`, killed at every step, can be run again to its end", { timeout: 600_000 }, async () => {
  const { sales, old, updated, restore } = await aboutToUpdate()
  const seen = new Set<string>()
  const kills = await untilItSurvives(async (call) => {
    restore("updated")
    const survived = await survives(["update", "--abort"], sales, call)
    await meshwright(["diff"], { cwd: sales })
    const now = snapshot(sales)
    const end = now["a.yml"] === old["a.yml"] ? "old" : "updated"
    expect(now, `killed at call ${call}`).toEqual(end === "old" ? old : updated)
    await meshwright(["update", "--abort"], { cwd: sales })
    expect(snapshot(sales), `killed at call ${call}`).toEqual(old)
    expect(readdirSync(join(sales, ".git")), `killed at call ${call}`).not.toContain("meshwright")
    seen.add(end)
    return survived
  })
  expect(kills).toBeGreaterThan(10)
  expect([...seen].toSorted()).toEqual(["old", "updated"])
})

/** A project, its template's next version, and how it is before and after an update; `restore` puts it there as it was then. */
async function aboutToUpdate() {
  const cwd = folder()
  template(cwd, "1.0.0", {
    "tpl/files/a.yml": "a: 1\n",
    "tpl/files/old.sql": "select 1\n",
    "tpl/files/same.md": "same\n",
  })
  await succeed(["new", "--template", "tpl", "--dest", "sales", "--yes"], { cwd })
  template(cwd, "1.1.0", {
    "tpl/files/a.yml": "a: 2\n",
    "tpl/files/old.sql": null,
    "tpl/files/deep/new.sql": "select 2\n",
  })
  const sales = join(cwd, "sales")
  const copy = (from: string, to: string): void => {
    rmSync(join(cwd, to), { recursive: true, force: true })
    mkdirSync(join(cwd, to))
    cpSync(join(cwd, from), join(cwd, to), { recursive: true })
  }
  const old = snapshot(sales)
  copy("sales", "old")
  await succeed(["update"], { cwd: sales })
  const updated = snapshot(sales)
  expect(updated).not.toEqual(old)
  copy("sales", "updated")
  return { sales, old, updated, restore: (which: "old" | "updated") => copy(which, "sales") }
}
