import { existsSync, readFileSync, statSync } from "node:fs"
import { dirname, join, resolve } from "node:path"

/** What git leaves in its folder while it is at something: https://git-scm.com/docs/gitrepository-layout. */
const OPERATIONS: readonly (readonly [file: string, operation: string])[] = [
  ["rebase-merge", "rebase"],
  ["rebase-apply", "rebase"],
  ["MERGE_HEAD", "merge"],
  ["CHERRY_PICK_HEAD", "cherry-pick"],
  ["REVERT_HEAD", "revert"],
  ["BISECT_LOG", "bisect"],
]

/** See Git.operation. Looks without git, which takes longer to start than the whole look does. */
export function operation(folder: string): string | null {
  const top = workTreeTop(folder)
  if (top === null) return null
  const git = gitFolder(join(top, ".git"))
  return OPERATIONS.find(([file]) => existsSync(join(git, file)))?.[1] ?? null
}

/** The folder that holds `.git`, at or above a folder; null when it lies in no work tree. */
export function workTreeTop(folder: string): string | null {
  for (let current = folder; ; current = dirname(current)) {
    if (existsSync(join(current, ".git"))) return current
    if (dirname(current) === current) return null
  }
}

/** In a linked work tree and a submodule, `.git` is a file that names the folder. */
function gitFolder(path: string): string {
  if (statSync(path).isDirectory()) return path
  const [, target] = /^gitdir: (.+)$/m.exec(readFileSync(path, "utf8")) ?? []
  return target === undefined ? path : resolve(dirname(path), target)
}
