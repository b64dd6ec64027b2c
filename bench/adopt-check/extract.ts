import { execFileSync, spawnSync } from "node:child_process"
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"

// Everything that a repository holds goes through one pipe.
const LARGEST = 2 * 1024 * 1024 * 1024

/**
 * Writes what the newest commit of a repository holds into a folder, and makes a repository of it. Returns how many files
 * were missing: a partial clone has not all of them.
 */
export function extract(repository: string, folder: string): number {
  const git = (...args: string[]): Buffer => execFileSync("git", ["-C", repository, ...args], { maxBuffer: LARGEST })
  const entries = git("ls-tree", "-r", "-z", "HEAD")
    .toString("utf8")
    .split("\0")
    .flatMap((line) => {
      const [, mode, kind, id, path] = /^(\d+) (\w+) ([0-9a-f]+)\t([\s\S]+)$/.exec(line) ?? []
      return kind === "blob" ? [{ mode, id: id!, path: path! }] : []
    })
  const { stdout } = spawnSync("git", ["-C", repository, "cat-file", "--batch"], {
    input: entries.map(({ id }) => `${id}\n`).join(""),
    env: { ...process.env, GIT_NO_LAZY_FETCH: "1" },
    maxBuffer: LARGEST,
  })
  let offset = 0
  let missing = 0
  for (const { mode, path } of entries) {
    const end = stdout.indexOf("\n", offset)
    const [, kind, size] = stdout.subarray(offset, end).toString("latin1").split(" ")
    offset = end + 1
    if (kind !== "blob") {
      missing += 1
      continue
    }
    const bytes = stdout.subarray(offset, offset + Number(size))
    offset += Number(size) + 1
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    if (mode === "120000") symlinkSync(bytes.toString("utf8"), file)
    else {
      writeFileSync(file, bytes)
      if (mode === "100755") chmodSync(file, 0o755)
    }
  }
  commitAll(folder, "As it is")
  return missing
}

/** Commits everything in a folder, as nobody. */
export function commitAll(folder: string, message: string): void {
  const as = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.com", "-c", "core.hooksPath=/dev/null"]
  const git = (...args: string[]): void => void execFileSync("git", [...as, ...args], { cwd: folder, stdio: "pipe" })
  git("init", "--quiet", "--initial-branch=main")
  git("add", "--all", "--force")
  git("commit", "--quiet", "--allow-empty", "--no-verify", "--message", message)
}
