import { join, relative } from "node:path"
import { fingerprint, sameContent, sameFile } from "../../core/hash.ts"
import type { ChangeAction, DiskWrite, FileChange } from "../../core/model/change.ts"
import { type Diagnostic, MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import type { RelPath } from "../../core/model/path.ts"
import type { FileEntry, Fingerprint } from "../../core/model/tree.ts"
import { LOCK_FILE, PROJECT_FILE, writesOf } from "../../core/plan/plan-project.ts"
import type { Ports } from "../ports/ports.ts"
import { ancestors } from "../transaction/ancestors.ts"
import { applyWrites } from "../transaction/apply-writes.ts"
import type { FolderRules } from "../transaction/make-journal.ts"
import type { UndoNote } from "../transaction/undo-note.ts"
import type { LockOwner } from "../transaction/project-lock.ts"
import { dropRetained, readRetained, type Retained, saveCopies } from "../transaction/retained.ts"

/** How to undo the last update. */
export interface AbortPlan {
  readonly root: string
  readonly retained: Retained
  readonly changes: readonly FileChange[]
  /** Files that somebody edited since the update, as they are now: they are copied before they are replaced. */
  readonly edited: ReadonlyMap<RelPath, FileEntry>
}

/**
 * What puts back all that the last update replaced; nothing is written. Throws a MeshwrightError: `nothing-to-abort`,
 * `committed-since`, `undo-damaged`, and `in-the-way` for whatever lies where something has to come back.
 */
export async function planAbort(ports: Ports, root: string): Promise<AbortPlan> {
  const [retained] = readRetained(ports.fs, root)
  if (retained === undefined) throw nothingToAbort()
  const head = ports.git.isRepository(root) ? await ports.git.head(root) : null
  if (head !== retained.journal.undo.head) throw committedSince(retained)
  const files = retained.journal.writes.map(({ path, before, after }, index) => ({
    path,
    left: after,
    now: ports.fs.read(join(root, path)),
    previous: before === null ? null : previousVersion(ports, retained, path, before, index),
    permissions: ports.fs.stat(retained.files.kept(index))?.permissions,
  }))
  const changes = files.flatMap(({ path, now, previous, permissions }) => putBack(path, now, previous, permissions))
  const problems = inTheWay(ports, root, retained, changes)
  if (problems.length > 0) throw new MeshwrightError(problems)
  const edited = files.flatMap(({ path, now, left, previous }) =>
    now !== null && ![left, previous && fingerprint(previous)].some((known) => known && sameContent(now, known))
      ? [[path, now] as const]
      : [],
  )
  return { root, retained, changes, edited: new Map(edited) }
}

/**
 * Carries the plan out: files, then git's index, then what was kept for it goes. Whatever ends it between these, it can
 * be planned and run again. Returns the folder with the copies of edited files. Throws what applyWrites throws.
 */
export async function applyAbort(ports: Ports, plan: AbortPlan, owner: LockOwner): Promise<string | undefined> {
  const { root, retained, changes, edited } = plan
  const { undo, writes } = retained.journal
  const copies = edited.size === 0 ? undefined : saveCopies(ports.fs, root, retained.state, edited)
  applyWrites(ports.fs, root, writesOf(changes), owner, { folders: foldersBefore(retained) })
  const paths = [...new Set([...writes.map(({ path }) => path), ...undo.unmerged])]
  if (ports.git.isRepository(root)) {
    await ports.git.restoreIndex(root, paths, undo.index)
    await leaveBranch(ports, root, undo)
  }
  dropRetained(ports.fs, retained, owner)
  return copies
}

/** Goes back from the branch that was made for the update, where it still is checked out, and removes it. */
async function leaveBranch({ git }: Ports, root: string, { branch, head }: UndoNote): Promise<void> {
  if (branch === undefined || (await git.commitState(root)).branch !== branch.made) return
  await git.dropBranch(root, branch.made, branch.before ?? head ?? "HEAD")
}

/** Drops what is kept of updates that were committed since: it cannot be put back any more. */
export async function forgetCommitted(ports: Ports, root: string, owner: LockOwner): Promise<void> {
  const retained = readRetained(ports.fs, root)
  if (retained.length === 0) return
  const head = ports.git.isRepository(root) ? await ports.git.head(root) : null
  for (const each of retained) if (each.journal.undo.head !== head) dropRetained(ports.fs, each, owner)
}

function previousVersion(
  ports: Ports,
  { files, state }: Retained,
  path: RelPath,
  before: Fingerprint,
  index: number,
): FileEntry {
  const entry = ports.fs.read(files.kept(index))
  // The permissions may be another disk's; the bytes tell.
  if (entry !== null && sameContent(entry, before)) return { mode: before.mode, bytes: entry.bytes }
  const message = `${path} cannot be put back: what was kept of it was changed or removed`
  const hint = `nothing was changed now; use git to go back. What is kept lies in ${state}`
  throw new MeshwrightError([problem("undo-damaged", message, { file: path, hint })])
}

function putBack(
  path: RelPath,
  now: FileEntry | null,
  previous: FileEntry | null,
  permissions: number | undefined,
): FileChange[] {
  const before = now && fingerprint(now)
  if (before === null ? previous === null : previous !== null && sameFile(before, fingerprint(previous))) return []
  const isFile = previous !== null && previous.mode !== "link" && permissions !== undefined
  const write: DiskWrite = { path, before, after: previous, ...(isFile ? { permissions } : {}) }
  const action: ChangeAction = previous === null ? "delete" : before === null ? "create" : "update"
  const reason = path === PROJECT_FILE || path === LOCK_FILE ? "project-record" : "put-back"
  return [{ path, action, status: "clean", reason, writes: [write] }]
}

/** The folders that the update made may go, those that it removed come back as they were. */
function foldersBefore({ journal }: Retained): FolderRules {
  return {
    removable: new Set(journal.created.map(({ path }) => path)),
    permissions: new Map(journal.emptied.map(({ path, permissions }) => [path, permissions])),
  }
}

/** What somebody put since the update to where a file has to come back, or a folder for it. */
function inTheWay(
  { fs }: Ports,
  root: string,
  { journal }: Retained,
  changes: readonly FileChange[],
): readonly Diagnostic[] {
  const writes = writesOf(changes)
  const leaving = new Set<string>(writes.filter(({ after }) => after === null).map(({ path }) => path))
  const made = new Set(journal.created.map(({ path }) => path))
  const comingBack = writes.filter(({ after }) => after !== null).map(({ path }) => path)

  function standsAt(path: string): readonly string[] {
    const kind = fs.stat(join(root, path))?.kind
    if (kind === undefined || leaving.has(path)) return []
    if (kind !== "directory") return [path]
    const below = fs.list(join(root, path)).flatMap((name) => standsAt(`${path}/${name}`))
    return below.length === 0 && !made.has(path) ? [path] : below
  }

  const obstacles = comingBack.flatMap((path) => [
    ...ancestors(path).filter((folder) => {
      const kind = fs.stat(join(root, folder))?.kind
      return (kind === "file" || kind === "other") && !leaving.has(folder)
    }),
    ...(["directory", "other"].includes(fs.stat(join(root, path))?.kind ?? "") ? standsAt(path) : []),
  ])
  return [...new Set(obstacles)].map((path) =>
    problem("in-the-way", `${path} is in the way of what the update replaced`, {
      file: path,
      hint: "move it away, and run `meshwright update --abort` again",
    }),
  )
}

function nothingToAbort(): MeshwrightError {
  const message = "there is nothing to abort: no update was made here that is not committed or aborted yet"
  const hint = "`new` is no update: to undo it, remove the project's folder"
  return new MeshwrightError([problem("nothing-to-abort", message, { hint })])
}

function committedSince({ journal }: Retained): MeshwrightError {
  const { name, from, to } = journal.undo.template
  const message = `the update of ${name} ${from} → ${to} cannot be aborted: something was committed since`
  const hint = "undo the commit with git, for instance with `git revert`"
  return new MeshwrightError([problem("committed-since", message, { hint })])
}

/** Where copies lie, as a person in the project would name it. */
export function copyPath({ root }: AbortPlan, folder: string, path: string): string {
  return join(relative(root, folder), path)
}
