import type { WorkTree } from "../app/ports/git.ts"

/**
 * What `git status --porcelain=v2 --branch -z --no-renames` tells: https://git-scm.com/docs/git-status, "Porcelain Format
 * Version 2". `prefix` is the folder, seen from the top of the work tree, that the paths are to be relative to.
 */
export function parseStatus(output: string, prefix: string): WorkTree {
  let head: string | null = null
  let branch: string | null = null
  const dirty = new Map<string, string | null>()
  for (const line of output.split("\0")) {
    const [, key, value = ""] = /^# branch\.(oid|head) (.*)$/.exec(line) ?? []
    if (key === "oid") head = value === "(initial)" ? null : value
    else if (key === "head") branch = value === "(detached)" ? null : value
    const changed = CHANGED.exec(line)?.groups
    if (changed?.["path"] !== undefined) dirty.set(relativeTo(prefix, changed["path"]), entryOf(changed))
    const other = OTHER.exec(line)?.[1]
    if (other !== undefined) dirty.set(relativeTo(prefix, other), null)
  }
  return { head, branch, dirty }
}

// 1 XY sub mH mI mW hH hI path
const CHANGED = /^1 .. \S+ \d+ (?<mode>\d+) \d+ \S+ (?<object>\S+) (?<path>[^]*)$/
// Untracked, and unmerged: u XY sub m1 m2 m3 mW h1 h2 h3 path
const OTHER = /^(?:\?|u .. \S+(?: \d+){4}(?: \S+){3}) ([^]*)$/

function entryOf({ mode, object }: Readonly<Record<string, string>>): string | null {
  return mode === "000000" ? null : `${mode} ${object}`
}

function relativeTo(prefix: string, path: string): string {
  return path.startsWith(prefix) ? path.slice(prefix.length) : path
}
