import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs"
import { dirname, join } from "node:path"
import { execa, execaSync } from "execa"
import { beforeEach, describe, expect, test } from "vitest"
import { commitAll, environment, git, json, type JsonDocument, meshwright, program, succeed } from "../helpers/cli.ts"
import { read, snapshot, stamps, write } from "../helpers/files.ts"
import { lines, tiny, type Tiny } from "../helpers/tiny.ts"

let cwd: string
let project: string
let template: Tiny["template"]
let create: Tiny["create"]

beforeEach(() => {
  ;({ cwd, project, template, create } = tiny())
})

/** A project, and a version of its template with something for every kind of write. */
async function start(): Promise<void> {
  template("1.0.0", { "a.txt": lines(), "gone/old.txt": "old\n", "models/m.sql": "select 1\n", "z.txt": "z\n" })
  await create({ "a.txt": lines({ two: "OURS" }) })
  template("1.1.0", {
    "a.txt": lines({ eight: "THEIRS" }),
    gone: null,
    "models/m.sql": "select 2\n",
    "new/b.txt": "new\n",
    "z.txt": "Z\n",
  })
}

const update = (...args: readonly string[]): ReturnType<typeof json> =>
  json(["update", "--yes", ...args], { cwd: project })

/** Runs a script of sh with the program as $NODE $PROGRAM, and reads the document that it prints. */
async function script(
  command: readonly string[],
  text: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly exitCode: number | undefined; readonly document: JsonDocument }> {
  const { exitCode, stdout, stderr } = await execa("env", [...command, "sh", "-c", text], {
    cwd: project,
    env: { ...environment, NODE: process.execPath, PROGRAM: program, ...env },
    extendEnv: false,
    reject: false,
  })
  try {
    return { exitCode, document: JSON.parse(stdout) as JsonDocument }
  } catch (error) {
    throw new Error(`no document:\n${stdout}\n${stderr}`, { cause: error })
  }
}

// A name space of one's own, in which a disk can be mounted: root has it, and most systems give it to everybody else.
const NAMESPACES: readonly (readonly string[])[] = [
  ["unshare", "--mount"],
  ["unshare", "--user", "--map-root-user", "--mount"],
]
const namespace = NAMESPACES.find((words) => {
  const probe = "mount -t tmpfs -o size=64k none /tmp"
  return execaSync("env", [...words, "sh", "-c", probe], { reject: false }).exitCode === 0
})

describe("a full disk", () => {
  test("however little is free: nothing is changed, and with enough it works", async () => {
    const big = (text: string): string => `${text}\n`.repeat(4000)
    template("1.0.0", { "a.txt": big("a"), "b.txt": big("b"), "c.txt": "c\n" })
    await create()
    template("1.1.0", { "a.txt": big("A"), "b.txt": big("B"), "c.txt": null, "deep/d.txt": big("D") })
    const before = snapshot(project)
    const seen = new Set<number>()
    for (let free = 0; free <= 40 && !seen.has(0); free += 3) {
      const after = join(cwd, `after-${free}`)
      const env = { CWD: cwd, AFTER: after, FREE: String(free * 4096) }
      const { exitCode, document } = await script(namespace ?? [], namespace ? FULL_DISK : LIMITED, env)
      seen.add(exitCode ?? -1)
      const now = snapshot(after)
      if (exitCode === 0) expect(now["c.txt"], `${free} pages free`).toBeUndefined()
      else {
        expect({ free, exitCode, error: document.error }).toMatchObject({
          exitCode: 1,
          error: { code: "apply-failed", hint: expect.stringMatching(/free some disk space|ulimit/) as string },
        })
        expect(now, `${free} pages free`).toEqual(before)
      }
      expect(existsSync(join(after, ".git/meshwright")), `${free} pages free`).toBe(exitCode === 0)
    }
    expect([...seen]).toEqual([1, 0])
  })

  test("a file that is larger than the system lets anybody write", async () => {
    template("1.0.0", { "a.txt": "a\n", "z.txt": "z\n" })
    await create()
    template("1.1.0", { "a.txt": "A\n", "z.txt": "z\n".repeat(100_000) })
    const before = snapshot(project)
    const { exitCode, document } = await script([], 'ulimit -f 100; "$NODE" "$PROGRAM" update --yes --json')
    expect({ exitCode, error: document.error }).toMatchObject({
      exitCode: 1,
      error: { code: "apply-failed", hint: expect.stringContaining("ulimit") as string },
    })
    expect(snapshot(project)).toEqual(before)
    expect(existsSync(join(project, ".git/meshwright"))).toBe(false)
    expect(await update()).toMatchObject({ exitCode: 0 })
  })
})

const FULL_DISK = `
set -e
disk=$(mktemp -d)
mount -t tmpfs -o size=2m none "$disk"
cp -a "$CWD/p" "$disk/p"
ln -s "$CWD/t" "$disk/t"
dd if=/dev/zero of="$disk/fill" bs=4096 2>/dev/null || true
truncate -s "-$FREE" "$disk/fill"
cd "$disk/p"
set +e
"$NODE" "$PROGRAM" update --yes --json
code=$?
cp -a "$disk/p" "$AFTER"
exit $code
`

// Where nobody may mount, no file may be larger than what is free.
const LIMITED = `
cp -a "$CWD/p" "$AFTER"
cd "$AFTER"
ulimit -f $((FREE / 512 + 1))
"$NODE" "$PROGRAM" update --yes --json
`

describe("permission denied", () => {
  // Permissions mean nothing to root, unless it gives up the right to pass them by.
  const bound = process.getuid?.() === 0 ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] : []
  const UPDATE = '"$NODE" "$PROGRAM" update --yes --json'

  test.each([
    ["a folder of the project", "models", "models/m.sql"],
    ["the project's folder", ".", undefined],
    ["git's folder", ".git", undefined],
  ])("in %s: it is named, and nothing is changed", async (_, path, file) => {
    await start()
    const before = snapshot(project)
    chmodSync(join(project, path), 0o555)
    try {
      const { exitCode, document } = await script(bound, UPDATE)
      expect({ exitCode, error: document.error }).toMatchObject({
        exitCode: 1,
        error: { code: "apply-failed", hint: expect.stringContaining("who owns") as string },
      })
      if (file !== undefined) expect(document.error?.file).toBe(file)
    } finally {
      chmodSync(join(project, path), 0o755)
    }
    expect(snapshot(project)).toEqual(before)
    expect(existsSync(join(project, ".git/meshwright"))).toBe(false)
    expect(await update()).toMatchObject({ exitCode: 0 })
  })

  test("a file that may not be read", async () => {
    await start()
    chmodSync(join(project, "a.txt"), 0o000)
    const { exitCode, document } = await script(bound, UPDATE)
    expect({ exitCode, message: document.error?.message }).toEqual({
      exitCode: 1,
      message: expect.stringMatching(/EACCES.*a\.txt/) as string,
    })
    chmodSync(join(project, "a.txt"), 0o644)
    expect(await update()).toMatchObject({ exitCode: 0 })
  })

  test("files that are read-only are updated, stay read-only, and come back so", async () => {
    await start()
    for (const path of ["a.txt", "models/m.sql", "gone/old.txt"]) chmodSync(join(project, path), 0o444)
    const before = snapshot(project)
    expect((await script(bound, UPDATE)).exitCode).toBe(0)
    expect(snapshot(project)).toMatchObject({
      "a.txt": `444 ${lines({ two: "OURS", eight: "THEIRS" })}`,
      "models/m.sql": "444 select 2\n",
    })
    expect((await script(bound, '"$NODE" "$PROGRAM" update --abort --json')).exitCode).toBe(0)
    expect(snapshot(project)).toEqual(before)
  })
})

describe("something of the team's is where a file of the template should go", () => {
  test.each([
    ["a folder", "new/b.txt/mine.txt", { path: "new/b.txt", kind: "folder" }, "new/b.txt is a folder of yours"],
    ["a file where its folder should be", "new", { path: "new", kind: "file" }, "new is a file of yours"],
  ])("%s: it alone stays away, until there is room", async (_, mine, blockedBy, words) => {
    await start()
    write(project, { [mine]: "mine\n" })
    await commitAll(project)
    const dry = await meshwright(["update", "--yes", "--dry-run"], { cwd: project })
    expect(dry).toMatchObject({ exitCode: 3, stdout: expect.stringContaining(words) as string })
    const first = await update()
    expect(first).toMatchObject({ exitCode: 3, document: { summary: { updated: 2, conflicts: 1 } } })
    expect(first.document.files).toContainEqual({
      path: "new/b.txt",
      action: "none",
      status: "conflict",
      reason: "blocked",
      conflicts: [{ kind: "blocked", at: "", blockedBy, theirs: "new" }],
    })
    expect(read(project, mine)).toBe("mine\n")
    expect(read(project, "a.txt")).toBe(lines({ two: "OURS", eight: "THEIRS" }))
    await commitAll(project)

    const before = stamps(project)
    const again = await meshwright(["update", "--yes", "--branch", "more"], { cwd: project })
    expect(again).toMatchObject({ exitCode: 3, stdout: expect.stringContaining("Move away") as string })
    expect(again.stdout).not.toContain("<<<<<<<")
    expect(stamps(project)).toEqual(before)
    expect(await git(project, "branch", "--list", "more")).toBe("")

    rmSync(join(project, "new"), { recursive: true })
    await commitAll(project)
    expect(await update()).toMatchObject({ exitCode: 0, document: { summary: { created: 1, conflicts: 0 } } })
    expect(read(project, "new/b.txt")).toBe("new\n")
  })

  test("a link out of the project is not followed", async () => {
    await start()
    write(cwd, { "out/mine.txt": "mine\n" })
    symlinkSync("../out", join(project, "new"))
    await commitAll(project)
    expect(await update()).toMatchObject({ exitCode: 3, document: { summary: { updated: 2, conflicts: 1 } } })
    expect(readdirSync(join(cwd, "out"))).toEqual(["mine.txt"])
  })
})

test("a file that an editor saves between plan and apply is not overwritten", async () => {
  await start()
  // git asks its monitor what changed, when the plan is made and nothing is written yet.
  write(project, { ".git/hooks/monitor": "#!/bin/sh\necho MEANWHILE >> z.txt\nprintf 'token\\0/\\0'\n" })
  chmodSync(join(project, ".git/hooks/monitor"), 0o755)
  await git(project, "config", "core.fsmonitor", ".git/hooks/monitor")
  const { "z.txt": before, ...others } = snapshot(project)
  const { exitCode, document } = await update("--allow-dirty")
  expect({ exitCode, error: document.error }).toMatchObject({
    exitCode: 1,
    error: { code: "stale-plan", file: "z.txt", hint: expect.stringContaining("run it again") as string },
  })
  const { "z.txt": saved, ...now } = snapshot(project)
  expect(saved).toMatch(/^644 z\n(MEANWHILE\n)+$/)
  expect(saved).not.toBe(before)
  expect(now).toEqual(others)
  expect(existsSync(join(project, ".git/meshwright"))).toBe(false)
})

test("of two updates at the same moment one does it, and the other says so", async () => {
  const ROUNDS = 24
  await start()
  const copy = join(cwd, "copy")
  const restored = (): string => {
    rmSync(copy, { recursive: true, force: true })
    mkdirSync(dirname(copy), { recursive: true })
    cpSync(project, copy, { recursive: true })
    return copy
  }
  await succeed(["update"], { cwd: restored() })
  const updated = snapshot(copy)
  const refusals = new Set<string>()
  for (let round = 0; round < ROUNDS; round += 1) {
    const args = ["update", "--yes", ...(round % 2 === 0 ? [] : ["--allow-dirty"])]
    const place = restored()
    const runs = await Promise.all([json(args, { cwd: place }), json(args, { cwd: place })])
    const told = runs.map(({ exitCode, document }) =>
      exitCode === 0
        ? document.template?.["from"] === "1.0.0"
          ? "updated"
          : "up to date"
        : `${exitCode} ${document.error?.code}`,
    )
    expect(snapshot(place), `round ${round}`).toEqual(updated)
    expect(
      told.filter((each) => each === "updated"),
      `round ${round}: ${told.join(", ")}`,
    ).toHaveLength(1)
    for (const each of told.filter((what) => what !== "updated")) refusals.add(each)
    expect(await meshwright(["update", "--yes", "--allow-dirty"], { cwd: place })).toMatchObject({
      exitCode: 0,
      stderr: "",
    })
  }
  const known = ["1 locked", "1 stale-plan", "1 uncommitted", "up to date"]
  expect([...refusals].filter((each) => !known.includes(each))).toEqual([])
  expect([...refusals].some((each) => each.startsWith("1 "))).toBe(true)
})
