import { execFileSync, spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"

const script = join(import.meta.dirname, "../../bench/replay.mjs")
let folder: string
let repository: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "replay-test-"))
  repository = join(folder, "repository")
  execFileSync("git", ["init", "-q", "-b", "main", repository])
  const file = "packages:\n  - package: a/b\n    version: 1\n"
  commit("start", { "packages.yml": file, "m.sql": "select 1\nfrom a\nwhere b\n", "one.txt": "x\n" })

  git("checkout", "-q", "-b", "topic")
  const theirs = `${file}  - package: c/d\n    version: 2\n`
  commit("theirs", { "packages.yml": theirs, "m.sql": "select 1\nfrom a\nwhere c\n", "one.txt": "y\n" })
  git("checkout", "-q", "main")
  const ours = `${file}  - package: e/f\n    version: 3\n`
  commit("ours", { "packages.yml": ours, "m.sql": "select 2\nfrom a\nwhere b\n" })
  git("merge", "-q", "--no-commit", "topic", "--strategy=ours")
  commit("merged", {
    "packages.yml": `${ours}  - package: c/d\n    version: 2\n`,
    "m.sql": "select 2\nfrom a\nwhere c\n",
    "one.txt": "y\n",
  })

  git("checkout", "-q", "-b", "release", "HEAD~1")
  commit("release", { "m.sql": "select 2\nfrom b\nwhere b\n" })
  commit("fix", { "m.sql": "select 2\nfrom b\nwhere b\nlimit 1\n" })
  git("checkout", "-q", "main")
  const fix = execFileSync("git", ["-C", repository, "rev-parse", "release"], { encoding: "utf8" }).trim()
  const picked = "select 2\nfrom a\nwhere c\nlimit 1\n"
  commit(`fix\n\n(cherry picked from commit ${fix})`, { "m.sql": picked })
  commit("more", { "m.sql": picked.replace("select 2", "select 3") })
  const undone = execFileSync("git", ["-C", repository, "rev-parse", "HEAD~1"], { encoding: "utf8" }).trim()
  commit(`Revert "fix"\n\nThis reverts commit ${undone}.`, { "m.sql": "select 3\nfrom a\nwhere c\n" })
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function git(...args: readonly string[]): void {
  execFileSync("git", ["-C", repository, ...args], { stdio: "ignore" })
}

function commit(message: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(repository, path), text)
  git("add", "-A")
  git("commit", "-q", "-m", message)
}

function replay(...args: readonly string[]) {
  return spawnSync(process.execPath, [script, ...args], { encoding: "utf8" })
}

describe("npm run replay", () => {
  it("counts merges, picks and reverts of files that both sides changed", () => {
    const { status, stdout } = replay("--json", repository)
    const rows = JSON.parse(stdout) as readonly { readonly format: string }[]
    const [sql, yaml, all] = rows
    expect(rows.map(({ format }) => format)).toEqual(["sql", "yaml", "all"])
    // The pick lies next to a line that the other side changed, which is a conflict for both.
    const most = { clean: 2, sameBytes: 2, sameMeaning: 2 }
    expect(sql).toMatchObject({ files: 3, git: most, ours: most })
    const one = { clean: 1, sameBytes: 1, sameMeaning: 1 }
    expect(yaml).toMatchObject({ files: 1, git: { clean: 0, sameBytes: 0, sameMeaning: 0 }, ours: one })
    expect(all).toMatchObject({ files: 4, suspects: {} })
    expect(status).toBe(0)
  })

  it("takes a bare repository, and some formats only", () => {
    const bare = join(folder, "bare.git")
    execFileSync("git", ["clone", "-q", "--bare", repository, bare], { stdio: "ignore" })
    const { status, stdout } = replay("--format", "yaml", bare)
    expect(status).toBe(0)
    expect(stdout).toMatch(/^yaml +1 /m)
    expect(stdout).not.toMatch(/^sql/m)
  })

  it("writes what has to be looked at into a folder", () => {
    const odd = join(folder, "odd")
    execFileSync("git", ["clone", "-q", repository, odd], { stdio: "ignore" })
    const was = repository
    repository = odd
    git("checkout", "-q", "-b", "left", "HEAD~4")
    commit("left", { "packages.yml": "packages:\n  - package: a/b\n    version: 2\n" })
    git("checkout", "-q", "-b", "right", "HEAD~1")
    commit("right", { "packages.yml": "# ours\npackages:\n  - package: a/b\n    version: 1\n  - package: new/one\n" })
    git("merge", "-q", "--no-commit", "left", "--strategy=ours")
    commit("careless", {
      "packages.yml": "# ours\npackages:\n  - package: a/b\n    version: 1\n  - package: odd/one\n",
    })
    repository = was
    const suspects = join(folder, "suspects")
    const { status } = replay("--suspects", suspects, odd)
    expect(status).toBe(0)
    const commitId = execFileSync("git", ["-C", odd, "rev-parse", "--short=8", "HEAD"], { encoding: "utf8" }).trim()
    const into = join(suspects, "yaml", "other", `${commitId}-packages.yml`)
    expect(existsSync(join(into, "human"))).toBe(true)
    expect(JSON.parse(readFileSync(join(into, "about.json"), "utf8"))).toMatchObject({ path: "packages.yml" })
  })

  it("fails for a repository without such a merge, and tells how it is used", () => {
    const empty = join(folder, "empty")
    execFileSync("git", ["init", "-q", empty])
    expect(replay(empty).status).toBe(1)
    const usage = replay()
    expect(usage.status).toBe(2)
    expect(usage.stderr).toContain("REPOSITORY")
  })
})
