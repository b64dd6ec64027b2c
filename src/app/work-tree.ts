import type { FileChange } from "../core/model/change.ts"
import { type Diagnostic, MeshwrightError, problem } from "../core/model/diagnostic.ts"
import { PROJECT_FILE, writesOf } from "../core/plan/plan-project.ts"
import { conflictPaths } from "../core/plan/summarise.ts"
import type { WorkTree } from "./ports/git.ts"
import type { Ports } from "./ports/ports.ts"

/**
 * Throws a MeshwrightError `git-busy` while git is in the middle of a merge, a rebase or the like: what it has in its index
 * then is in no commit, and would be lost when the update is aborted.
 */
export function refuseBusy({ git }: Ports, root: string): void {
  const operation = git.operation(root)
  if (operation === null) return
  throw new MeshwrightError([
    problem("git-busy", `a ${operation} is in progress in this repository`, {
      hint: `end it, or git ${operation} ${operation === "bisect" ? "reset" : "--abort"}; then again`,
    }),
  ])
}

interface WorkTreeOptions {
  readonly allowDirty: boolean
  readonly commit: boolean
}

/**
 * Where git stands before changes are written; undefined where there is no repository. Throws a MeshwrightError
 * `uncommitted` when a file that would be replaced is not as it was committed, unless `allowDirty`; with `commit`, it is
 * always thrown.
 */
export async function lookAtWorkTree(
  ports: Ports,
  root: string,
  changes: readonly FileChange[],
  options: WorkTreeOptions,
): Promise<WorkTree | undefined> {
  const { tree, uncommitted } = await uncommittedFiles(ports, root, changes, options)
  if (uncommitted.length > 0) throw new MeshwrightError(uncommitted)
  return tree
}

/** As lookAtWorkTree, without throwing. */
export async function uncommittedFiles(
  ports: Ports,
  root: string,
  changes: readonly FileChange[],
  { allowDirty, commit }: WorkTreeOptions,
): Promise<{ readonly tree?: WorkTree; readonly uncommitted: readonly Diagnostic[] }> {
  if (!ports.git.isRepository(root)) return { uncommitted: [] }
  const writes = writesOf(changes)
  const paths = [...writes.map(({ path }) => path), ...conflictPaths(changes)]
  const tree = await ports.git.workTree(root, [...new Set(paths)])
  const replaced = writes.filter(({ before }) => before !== null).map(({ path }) => path)
  // meshwright.yml is edited in order to update; everything else that is written must be as it is in git.
  const dirty = replaced.filter((path) => path !== PROJECT_FILE && tree.dirty.has(path))
  if (allowDirty && !commit) return { tree, uncommitted: [] }
  const uncommitted = [...new Set(dirty)].map((path) =>
    problem("uncommitted", `${path} has uncommitted changes, and would be changed`, {
      file: path,
      hint: commit
        ? "commit or stash them first: they would be in the update's commit"
        : "commit or stash them first, or use --allow-dirty",
    }),
  )
  return { tree, uncommitted }
}
