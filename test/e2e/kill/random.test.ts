import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { chmodSync, cpSync, existsSync, readdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, expect, test } from "vitest"
import { environment, git, meshwright, program } from "../../helpers/cli.ts"
import { read, snapshot, write } from "../../helpers/files.ts"
import { lines, tiny } from "../../helpers/tiny.ts"

// Updates that are ended at moments spread over all of their time, the same ones in every run as far as time allows.
const KILLS = 200
const AT_ONCE = 2

const { cwd, project, template, create } = tiny()
let old: Record<string, string>
let updated: Record<string, string>
/** How long an update takes, and how long of it something is written, in milliseconds. */
let duration = 0
let writing = Number.POSITIVE_INFINITY

beforeAll(async () => {
  const numbers = Array.from({ length: 20 }, (_, index) => index)
  const files = (text: string) => Object.fromEntries(numbers.map((number) => [`models/m${number}.sql`, text]))
  template("1.0.0", { ...files(lines()), "gone/a.sql": "a\n", "gone/b.sql": "b\n", "same.txt": "same\n" })
  await create({ "models/m1.sql": lines({ two: "OURS" }) })
  template("1.1.0", { ...files(lines({ eight: "THEIRS" })), gone: null, "new/c.sql": "c\n", "new/d.sql": "d\n" })
  rmSync(join(project, ".git/hooks"), { recursive: true })
  old = snapshot(project)
  for (let round = 0; round < 3; round += 1) {
    const copy = restore("measured")
    const start = performance.now()
    const child = update(copy)
    const ended = once(child, "exit")
    await appearance(copy, ended)
    const seen = performance.now()
    await ended
    duration = Math.max(duration, performance.now() - start)
    writing = Math.min(writing, performance.now() - seen)
    updated = snapshot(copy)
  }
})

test(`${KILLS} updates, each killed at another moment, leave the old or the new project to the next command, which tells`, async () => {
  const random = seeded(1)
  const seen = { killed: 0, old: 0, new: 0, "rolled back": 0, finished: 0 }
  let rounds = 0
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, worker) => {
      while (seen.killed < KILLS && rounds < 2 * KILLS) {
        const round = (rounds += 1)
        const place = restore(`killed-${worker}`)
        const child = update(place)
        const ended = once(child, "exit")
        // Every other time from the moment on when it begins to write, and then rather soon: that is a small part of the whole.
        if (round % 2 === 0) await appearance(place, ended)
        await Promise.race([sleep(round % 2 === 0 ? random() ** 2 * writing : random() * duration), ended])
        endGroup(child, "SIGKILL")
        await ended
        if (child.signalCode === "SIGKILL") seen.killed += 1

        const what = `round ${round}`
        const left = leftBy(place)
        const [next = "", ...more] = NEXT[round % NEXT.length] ?? []
        const run = await meshwright([next, ...more].filter(Boolean), { cwd: place })
        const now = snapshot(place)
        const end = now["new/c.sql"] === undefined ? "old" : "new"
        expect(now, what).toEqual(end === "new" ? updated : old)
        if (next === "update" && more[0] === "--yes") expect(end, what).toBe("new")
        if (more.includes("--abort")) expect(end, what).toBe("old")
        const told = / was interrupted: (?:put (\d+) files back|(finished it))\./.exec(run.stderr)
        expect(told === null ? "nothing" : told[2] === undefined ? "rolled back" : "finished", what).toBe(left)
        expect(leftBy(place), what).toBe("nothing")
        seen[end] += 1
        if (left !== "nothing") seen[left] += 1
      }
    }),
  )
  expect(seen.killed).toBeGreaterThanOrEqual(KILLS)
  expect(Object.entries(seen).filter(([what, count]) => what !== "finished" && count === 0)).toEqual([])
}, 600_000)

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s at any moment leaves nothing half done, also without a next command",
  async (signal) => {
    const random = seeded(2)
    const seen = { old: 0, new: 0 }
    for (let round = 0; round < 24; round += 1) {
      const place = restore("interrupted")
      const child = update(place)
      const ended = once(child, "exit")
      if (round % 2 === 0) await appearance(place, ended)
      await Promise.race([sleep(random() * (round % 2 === 0 ? writing : duration)), ended])
      endGroup(child, signal)
      await ended
      const now = snapshot(place)
      const end = now["new/c.sql"] === undefined ? "old" : "new"
      expect(now, `round ${round}`).toEqual(end === "new" ? updated : old)
      if (child.exitCode === 0) expect(end, `round ${round}`).toBe("new")
      else expect(child.exitCode === 130 || child.signalCode === signal, `round ${round}`).toBe(true)
      expect(leftBy(place), `round ${round}`).toBe("nothing")
      seen[end] += 1
    }
    expect(seen).toEqual({ old: expect.toSatisfy(isPositive) as number, new: expect.toSatisfy(isPositive) as number })
  },
  600_000,
)

test.each(["SIGINT", "SIGTERM"] as const)("%s while a hook runs: the commit is made all the same", async (signal) => {
  const place = restore("committing")
  write(place, { ".git/hooks/pre-commit": "#!/bin/sh\n[ -e begun ] && exit 0\ntouch begun\nsleep 2\n" })
  chmodSync(join(place, ".git/hooks/pre-commit"), 0o755)
  const child = update(place, "--commit")
  const ended = once(child, "exit")
  while (!existsSync(join(place, "begun"))) await sleep(5)
  endGroup(child, signal)
  await ended
  expect(child.exitCode).toBe(0)
  expect(await git(place, "log", "--max-count=1", "--format=%s")).toBe("Update template tiny 1.0.0 → 1.1.0")
  expect(await git(place, "status", "--porcelain")).toBe("?? begun")
  expect(read(place, "models/m1.sql")).toBe(lines({ two: "OURS", eight: "THEIRS" }))
})

/** Commands of all kinds; the bare one tells a project's state. */
const NEXT: readonly (readonly string[])[] = [
  ["check"],
  ["diff"],
  ["update", "--yes"],
  ["update", "--dry-run"],
  ["update", "--abort"],
  [],
]

/** A copy of the project as it is before the update. */
function restore(name: string): string {
  const place = join(cwd, name)
  rmSync(place, { recursive: true, force: true })
  cpSync(project, place, { recursive: true })
  return place
}

function update(place: string, ...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [program, "update", "--yes", ...args], {
    cwd: place,
    env: { ...environment },
    // A group of its own, so that a signal reaches git as well, as at a terminal.
    detached: true,
    stdio: "ignore",
  })
}

function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch (error) {
    // It has ended in the meantime.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error
  }
}

/** Waits until an update begins to write, or has ended. */
async function appearance(place: string, ended: Promise<unknown>): Promise<void> {
  let over = false
  void ended.then(() => (over = true))
  while (!over && !existsSync(join(place, ".git/meshwright"))) await sleep(1)
}

/** What a transaction that was killed has left for the next command to do. */
function leftBy(place: string): "nothing" | "rolled back" | "finished" {
  const shared = join(place, ".git/meshwright")
  const files = existsSync(shared) ? readdirSync(shared).flatMap((name) => listed(join(shared, name, "txn"))) : []
  return files.includes("journal.json") ? "rolled back" : files.includes("committed.json") ? "finished" : "nothing"
}

function listed(path: string): readonly string[] {
  return existsSync(path) ? readdirSync(path) : []
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

function isPositive(count: unknown): boolean {
  return typeof count === "number" && count > 0
}

/** Numbers from 0 to 1, the same for the same seed: https://en.wikipedia.org/wiki/Linear_congruential_generator. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
