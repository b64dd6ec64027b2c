import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { build } from "esbuild"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { applyWrites } from "../../../src/app/transaction/apply-writes.ts"
import { recover } from "../../../src/app/transaction/recover.ts"
import { MeshwrightError } from "../../../src/core/model/diagnostic.ts"
import { CASES, caseOf, file, put, type Case } from "../../unit/transaction/cases.ts"
import { faultyFileSystem } from "../../unit/transaction/faulty-file-system.ts"
import { ALONE, onDisk, type Place } from "../../unit/transaction/places.ts"
import { snapshot, type Snapshot } from "../../unit/transaction/snapshot.ts"
import { flip, flipState, isAlive } from "./flip.ts"

const US = { pid: process.pid, isAlive }
const folder = mkdtempSync(join(tmpdir(), "kill-"))
const driver = join(folder, "driver.mjs")

beforeAll(async () => {
  const entry = join(import.meta.dirname, "driver.ts")
  await build({ entryPoints: [entry], outfile: driver, bundle: true, platform: "node", format: "esm" })
})
afterAll(() => rmSync(folder, { recursive: true }))

// Processes are slow: the unit tests go through every case, and every pair of calls, with a simulated death.
const KILLED = CASES.filter(({ title }) => !/without git|is there and empty/.test(title))
const RECOVERY_KILLED = CASES.filter(({ title }) => /not there|becomes a folder/.test(title))

describe.each(KILLED)("$title", { timeout: 60_000 }, (project) => {
  test("killed before any call, it is all old or all new after recover", async () => {
    const ends = endsOf(project)
    const seen = new Set<string>()
    await untilItSurvives(async (call) => {
      const { fs, base } = prepared(project)
      const survived = await run("apply", join(base, project.root), project.title, call)
      const { recovered } = recover(fs, join(base, project.root), US)
      seen.add(`${recovered} ${endOf(snapshot(fs, base), ends, call)}`)
      return survived
    })
    expect([...seen].toSorted()).toEqual(["finished new", "none new", "none old", "rolled-back old"])
  })
})

describe.each(RECOVERY_KILLED)("$title", { timeout: 60_000 }, (project) => {
  test("killed before any call of the recovery, it is the same", async () => {
    const ends = endsOf(project)
    const seen = new Set<string>()
    // All writes done, but for the commit; and in the midst of the clean-up after it.
    for (const fatal of [callsOf(project, "committed"), callsOf(project, "committed") + 3]) {
      await untilItSurvives(async (call) => {
        const { fs, base } = prepared(project)
        const dying = faultyFileSystem(fs, fatal, "dies")
        ignoreErrors(() => applyWrites(dying.fs, join(base, project.root), project.writes, ALONE))
        const survived = await run("recover", join(base, project.root), "", call)
        recover(fs, join(base, project.root), US)
        seen.add(endOf(snapshot(fs, base), ends, call))
        return survived
      })
    }
    expect(seen).toEqual(new Set(["old", "new"]))
  })
})

test("killed at any moment, in the midst of a system call too", { timeout: 60_000 }, async () => {
  for (let round = 0; round < 12; round += 1) {
    const { fs, base } = onDisk()
    const root = join(base, "project")
    for (const [path, entry] of flipState(true)) put(fs, join(root, path), entry)
    const child = start("flip", root)
    await new Promise((resolve) => setTimeout(resolve, 100 + round * 17))
    child.kill("SIGKILL")
    await once(child, "exit")
    expect(child.signalCode).toBe("SIGKILL")
    recover(fs, root, US)
    const even = fs.stat(join(root, "even")) !== null
    const expected = [...flipState(even)].map(([path, { bytes }]) => [path, `644 ${Buffer.from(bytes).toString()}`])
    const files = Object.entries(snapshot(fs, root)).filter(([path]) => !path.endsWith("/"))
    expect(Object.fromEntries(files)).toEqual(Object.fromEntries(expected))
    expect(fs.list(root)).toEqual(["both", even ? "even" : "odd"])
    expect(applyWrites(fs, root, flip(even), US).recovered).toBe("none")
  }
})

test("a second process is told who is at work; when that one is killed, it goes on", { timeout: 20_000 }, async () => {
  const project = caseOf("a new project, in a folder that is not there")
  const { fs, base } = prepared(project)
  const root = join(base, project.root)
  const child = start("hold", root, project.title)
  await once(child.stdout ?? child, "data")
  for (const attempt of [() => recover(fs, root, US), () => applyWrites(fs, root, project.writes, US)]) {
    expect(failure(attempt).diagnostics).toMatchObject([
      { code: "locked", message: expect.stringContaining(`process ${child.pid}`) },
    ])
  }
  child.kill("SIGKILL")
  await once(child, "exit")
  expect(applyWrites(fs, root, project.writes, US).recovered).toBe("rolled-back")
  expect(snapshot(fs, base)).toEqual(endsOf(project).new)
})

test("of two that start at once, none spoils the other's work", { timeout: 20_000 }, async () => {
  for (let round = 0; round < 5; round += 1) {
    const { fs, base } = onDisk()
    const title = caseOf("a new project, in a folder that is not there").title
    await Promise.all([1, 2].map(() => run("apply", base, title, 0)))
    const tree = snapshot(fs, base)
    applyWrites(fs, join(base, "alone"), caseOf("a new project, in a folder that is not there").writes, US)
    expect(tree).toEqual(snapshot(fs, join(base, "alone")))
  }
})

const MEMORY_DISK = "/dev/shm"
const twoDisks = existsSync(MEMORY_DISK) && statSync(MEMORY_DISK).dev !== statSync(tmpdir()).dev

test.skipIf(!twoDisks)("git's folder on another disk than the project", () => {
  const project = caseOf("an existing project without git")
  const { fs, base } = prepared(project)
  const git = mkdtempSync(join(MEMORY_DISK, "kill-"))
  try {
    fs.write(join(base, ".git"), file(`gitdir: ${git}\n`))
    const root = join(base, project.root)
    const old = snapshot(fs, root)
    const fatal = callsOf(project, "committed")
    const dying = faultyFileSystem(fs, fatal, "dies")
    ignoreErrors(() => applyWrites(dying.fs, root, project.writes, ALONE))
    expect(fs.list(git)).toEqual(["meshwright"])
    expect(recover(fs, root, US).recovered).toBe("rolled-back")
    expect(snapshot(fs, root)).toEqual(old)
    applyWrites(fs, root, project.writes, US)
    expect(snapshot(fs, base)).toEqual({ ...endsOf(project).new, ".git": `644 gitdir: ${git}\n` })
    expect(fs.list(git)).toEqual([])
  } finally {
    rmSync(git, { recursive: true })
  }
})

function prepared(project: Case): Place {
  const place = onDisk()
  project.prepare(place.fs, place.base)
  return place
}

function endsOf(project: Case): { readonly old: Snapshot; readonly new: Snapshot } {
  const { fs, base } = prepared(project)
  const old = snapshot(fs, base)
  applyWrites(fs, join(base, project.root), project.writes, US)
  return { old, new: snapshot(fs, base) }
}

/** The number of the changing call that makes a path with `name` in it. */
function callsOf(project: Case, name: string): number {
  const { fs, base } = prepared(project)
  let found = 0
  const counting = faultyFileSystem(fs, Number.POSITIVE_INFINITY, "dies")
  const rename = (from: string, to: string): void => {
    counting.fs.rename(from, to)
    if (to.includes(name)) found = counting.calls()
  }
  applyWrites({ ...counting.fs, rename }, join(base, project.root), project.writes, US)
  return found
}

function endOf(tree: Snapshot, ends: { readonly old: Snapshot; readonly new: Snapshot }, call: number): string {
  if (JSON.stringify(tree) === JSON.stringify(ends.old)) return "old"
  expect({ call, tree }).toEqual({ call, tree: ends.new })
  return "new"
}

/** Runs `attempt` for call 1, 2, …, a few at once, until one is not killed. */
async function untilItSurvives(attempt: (call: number) => Promise<boolean>): Promise<void> {
  for (let first = 1; ; first += 4) {
    const survived = await Promise.all([0, 1, 2, 3].map((next) => attempt(first + next)))
    if (survived.includes(true)) return
  }
}

/** Whether the process was not killed. */
async function run(action: string, root: string, title: string, call: number): Promise<boolean> {
  const child = start(action, root, title, String(call))
  await once(child, "exit")
  return child.signalCode === null
}

function start(...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [driver, ...args], { stdio: ["ignore", "pipe", "ignore"] })
}

function failure(attempt: () => unknown): MeshwrightError {
  try {
    attempt()
  } catch (error) {
    if (error instanceof MeshwrightError) return error
    throw error
  }
  throw new Error("it did not fail")
}

function ignoreErrors(attempt: () => unknown): void {
  try {
    attempt()
  } catch {
    // It was told to die.
  }
}
