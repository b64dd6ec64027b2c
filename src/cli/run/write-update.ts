import { join } from "node:path"
import { forgetCommitted } from "../../app/update/abort-update.ts"
import {
  checkCommitRequest,
  commitUpdate,
  type CommitRequest,
  onBranch,
  refuseCommit,
} from "../../app/update/commit-update.ts"
import type { CommitState, WorkTree } from "../../app/ports/git.ts"
import type { Ports } from "../../app/ports/ports.ts"
import { readRetained } from "../../app/transaction/retained.ts"
import type { UndoNote } from "../../app/transaction/undo-note.ts"
import type { UpdatePlan } from "../../app/update/update-project.ts"
import { lookAtWorkTree, refuseBusy, uncommittedFiles } from "../../app/work-tree.ts"
import { type Diagnostic, MeshwrightError } from "../../core/model/diagnostic.ts"
import type { RelPath } from "../../core/model/path.ts"
import { writesOf } from "../../core/plan/plan-project.ts"
import { conflictPaths } from "../../core/plan/summarise.ts"
import type { CommandLine } from "../parse-command-line.ts"
import { commitMessage } from "../views/commit-message.ts"
import type { Session } from "./session.ts"

/** How an update is to be written. */
interface WriteRequest {
  readonly dryRun: boolean
  readonly allowDirty: boolean
  readonly rebuildLock: boolean
  /** Absent: it is not committed. */
  readonly commit?: CommitRequest
}

/** What became of an update in git, or, of a dry run, what would. */
export interface Written {
  readonly dryRun: boolean
  /** The branch that it is on, where it is committed or was asked to be. */
  readonly branch?: string
  /** Absent where nothing is committed; without `sha` in a dry run. */
  readonly commit?: { readonly message: string; readonly sha?: string }
  /** Files that git does not track yet, as absolute paths, where all is left to a person to commit. */
  readonly untracked?: readonly string[]
  /** Of a dry run: what would keep it from being written. */
  readonly warnings?: readonly Diagnostic[]
  /** Why there is no commit although there should be one. */
  readonly failure?: MeshwrightError
}

/** Reads the options that say how to write. Throws where they ask for a commit that can never be made. */
export async function readWriteRequest({ ports }: Session, root: string, line: CommandLine): Promise<WriteRequest> {
  const branch = line.text("branch")
  const commit = branch === undefined ? (line.flag("commit") ? {} : undefined) : { branch }
  if (commit) await checkCommitRequest(ports, root, commit)
  return {
    dryRun: line.flag("dry-run"),
    allowDirty: line.flag("allow-dirty"),
    rebuildLock: line.flag("rebuild-lock"),
    ...(commit ? { commit } : {}),
  }
}

/** Writes an update, on the branch and with the commit that are asked for. A dry run only looks whether it could. */
export async function writeUpdate(
  session: Session,
  plan: UpdatePlan,
  request: WriteRequest,
  messageOf: () => string = () => commitMessage(plan, request.rebuildLock),
): Promise<Written> {
  const { ports, owner } = session
  const { root, changes } = plan
  const { dryRun, commit } = request
  const paths = [...new Set(writesOf(changes).map(({ path }) => path))]
  // There may be conflicts all the same: of files that still cannot be put in their places.
  if (paths.length === 0) {
    const earlier = commit && (await commitEarlier(session, plan, commit, dryRun))
    if (earlier) return earlier
    if (!dryRun) await forgetCommitted(ports, root, owner)
    return { dryRun }
  }
  const state = commit && (await refuseCommit(ports, root, commit))
  const branch = commit?.branch ?? state?.branch ?? undefined
  const written: Written = { dryRun, ...(branch === undefined ? {} : { branch }) }
  const message = commit && conflictPaths(changes).length === 0 ? messageOf() : undefined
  const options = { allowDirty: request.allowDirty || request.rebuildLock, commit: commit !== undefined }
  if (dryRun) {
    const { uncommitted } = await uncommittedFiles(ports, root, changes, options)
    const warnings = uncommitted.map((each) => ({ ...each, severity: "warning" as const }))
    return { ...written, warnings, ...(message === undefined ? {} : { commit: { message } }) }
  }
  // A lock is rebuilt because it is damaged: by an edit, or by the very merge that is in progress.
  if (!request.rebuildLock) refuseBusy(ports, root)
  const tree = await lookAtWorkTree(ports, root, changes, options)
  // Once the files are written, an interruption comes too late.
  return session.throughSignals(async (interrupted) => {
    const undo = { ...undoNote(plan, tree), ...branchNote(state, commit?.branch) }
    await write(session, plan, undo, state, commit?.branch)
    const made = message === undefined ? {} : await commitAll(session, { root, paths }, message, interrupted)
    const left =
      tree && !commit && conflictPaths(changes).length === 0 ? { untracked: await untracked(ports, plan) } : {}
    if (interrupted()) session.note("The interruption came when the files were written: the update is complete.")
    return { ...written, ...made, ...left }
  })
}

/** The files that are new to git: it is not told of those that it ignores. */
async function untracked({ git }: Ports, { root, changes }: UpdatePlan): Promise<readonly string[]> {
  const created = writesOf(changes).filter(({ before, after }) => before === null && after !== null)
  const paths = created.map(({ path }) => path)
  // All is written: a git that fails now is no reason to fail.
  const ignored = new Set(await git.ignored(root, paths).catch(() => []))
  return paths.filter((path) => !ignored.has(path)).map((path) => join(root, path))
}

/** Commits the update before, whose conflicts were decided since; undefined where nothing waits for that. */
async function commitEarlier(
  session: Session,
  { root, template }: UpdatePlan,
  commit: CommitRequest,
  dryRun: boolean,
): Promise<Written | undefined> {
  const { ports } = session
  const [retained] = readRetained(ports.fs, root)
  if (retained === undefined || (await ports.git.head(root)) !== retained.journal.undo.head) return undefined
  const { undo, writes } = retained.journal
  const { branch: current } = await ports.git.commitState(root)
  // The branch that was made for it is there, and checked out.
  const isThere = commit.branch !== undefined && commit.branch === undo.branch?.made && commit.branch === current
  const state = await refuseCommit(ports, root, isThere ? {} : commit)
  const branch = state.branch ?? undefined
  const message = `Update template ${template.manifest.name} ${undo.template.from} → ${undo.template.to}\n\nTemplate: ${undo.template.source}\n`
  const written: Written = { dryRun, ...(branch === undefined ? {} : { branch }), commit: { message } }
  if (dryRun) return written
  if (commit.branch !== undefined && commit.branch !== state.branch) await ports.git.createBranch(root, commit.branch)
  const paths = [...new Set([...writes.map(({ path }) => path), ...(undo.unmerged as RelPath[])])]
  return session.throughSignals(async (interrupted) => {
    const made = await commitAll(session, { root, paths }, message, interrupted)
    return { ...written, ...(commit.branch === undefined ? {} : { branch: commit.branch }), ...made }
  })
}

async function write(
  session: Session,
  plan: UpdatePlan,
  undo: UndoNote,
  state: CommitState | undefined,
  branch: string | undefined,
): Promise<void> {
  const { root, changes, unmerged } = plan
  const apply = (): void => session.apply(root, changes, undo)
  if (state) await onBranch(session.ports, root, session.owner, state, branch, apply)
  else apply()
  if (unmerged.length > 0) await tellGit(session, plan)
}

async function commitAll(
  { ports, owner }: Session,
  { root, paths }: { readonly root: string; readonly paths: readonly RelPath[] },
  message: string,
  interrupted: () => boolean,
): Promise<Pick<Written, "commit" | "failure">> {
  try {
    const sha = await commitUpdate(ports, root, paths, message, interrupted)
    await forgetCommitted(ports, root, owner)
    return { commit: { message, sha } }
  } catch (failure) {
    if (failure instanceof MeshwrightError) return { failure }
    throw failure
  }
}

function undoNote({ from, template, unmerged }: UpdatePlan, tree: WorkTree | undefined): UndoNote {
  const { manifest, ref } = template
  return {
    template: { name: manifest.name, source: ref.source, from: from.version, to: ref.version },
    head: tree?.head ?? null,
    index: Object.fromEntries(tree?.dirty ?? []),
    unmerged: unmerged.map(({ path }) => path),
  }
}

function branchNote(state: CommitState | undefined, made: string | undefined): Pick<UndoNote, "branch"> {
  return state === undefined || made === undefined ? {} : { branch: { made, before: state.branch } }
}

/** The files hold their markers already: that git does not know of them is worth a remark, not a failure. */
async function tellGit({ ports, note }: Session, { root, unmerged }: UpdatePlan): Promise<void> {
  if (!ports.git.isRepository(root)) return
  try {
    await ports.git.markUnmerged(root, unmerged)
  } catch (error) {
    note(`git could not be told of the conflicts: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Says what is committed where, last of all. Throws where it should be and is not. */
export function tellCommit({ print }: Pick<Session, "print">, { dryRun, branch, commit, failure }: Written): void {
  if (failure) throw failure
  if (branch === undefined) return
  const title = commit?.message.split("\n")[0]
  if (commit === undefined)
    print(`\nNothing ${dryRun ? "would be" : "is"} committed before the conflicts are resolved; branch: ${branch}`)
  else if (commit.sha === undefined) print(`\nWould be committed on ${branch}: ${title}`)
  else print(`\nCommitted on ${branch}: ${commit.sha.slice(0, 10)} ${title}`)
}
