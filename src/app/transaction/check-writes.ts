import { join, sep } from "node:path"
import { fingerprint, sameFile } from "../../core/hash.ts"
import type { DiskWrite } from "../../core/model/change.ts"
import { problem, type Diagnostic } from "../../core/model/diagnostic.ts"
import type { Fingerprint } from "../../core/model/tree.ts"
import type { FileSystem } from "../ports/file-system.ts"
import { ancestors } from "./ancestors.ts"
import { folderProblem } from "./folder-problem.ts"

const STALE_HINT = "the project changed since the plan was made: run it again"
const UNSAFE_HINT = "move it away, or turn it into a folder of the project"
const TAKEN_HINT = "move it away; to do without the template's file, name it under update.keep in meshwright.yml"

/**
 * What forbids to apply `writes` below `root` (real): files that are not what the plan expects (`stale-plan`), and
 * places outside the project or below something that is no folder (`unsafe-path`). All of it; changes nothing.
 * Throws the system's error when the disk cannot be read, and a RangeError when a path has two writes.
 */
export function checkWrites(fs: FileSystem, root: string, writes: readonly DiskWrite[]): readonly Diagnostic[] {
  if (new Set(writes.map((write) => write.path)).size < writes.length) throw new RangeError("a path is written twice")
  const blocked = rootProblem(fs, root)
  if (blocked !== undefined) return [unsafe(root, blocked)]
  const parentProblem = parentCheck(fs, root, writes)
  const written = new Set<string>(writes.filter((write) => write.after !== null).map((write) => write.path))
  const emptied = new Set(writes.filter(isDeletion).flatMap((write) => ancestors(write.path)))
  return writes.flatMap((write) => {
    const folders = ancestors(write.path)
    const file = write.after === null ? undefined : folders.find((folder) => written.has(folder))
    if (file !== undefined) return [unsafe(write.path, `${file} is to be a file`)]
    const inParent = folders.map(parentProblem).find((found) => found !== undefined)
    if (inParent !== undefined) return [unsafe(write.path, inParent)]
    const path = join(root, write.path)
    // A folder whose files are deleted may make way for a file. If it keeps some, the check before the write sees it.
    if (write.before === null && emptied.has(write.path) && fs.stat(path)?.kind === "directory") return []
    const kind = write.before === null ? fs.stat(path)?.kind : undefined
    if (kind === "directory" || kind === "other") return [unsafe(write.path, `there is a ${kind}`, TAKEN_HINT)]
    const reason = mismatch(fs, path, write.before)
    return reason === undefined ? [] : [stale(write.path, reason)]
  })
}

/** How what is at the absolute `path` differs from what is expected there; undefined when it does not. */
export function mismatch(fs: FileSystem, path: string, expected: Fingerprint | null): string | undefined {
  const kind = fs.stat(path)?.kind
  if (kind === undefined) return expected === null ? undefined : "is gone"
  if (expected === null) return `is there already (${kind})`
  const entry = fs.read(path)
  if (entry === null) return `is a ${kind} now`
  return sameFile(fingerprint(entry), expected) ? undefined : "was changed"
}

export function stale(path: string, reason: string): Diagnostic {
  return problem("stale-plan", `${path} ${reason}`, { file: path, hint: STALE_HINT })
}

function unsafe(path: string, reason: string, hint = UNSAFE_HINT): Diagnostic {
  return problem("unsafe-path", `${path} cannot be written: ${reason}`, { file: path, hint })
}

function isDeletion(write: DiskWrite): boolean {
  return write.before !== null && write.after === null
}

function rootProblem(fs: FileSystem, root: string): string | undefined {
  const kind = fs.stat(root)?.kind
  if (kind === "directory") return undefined
  if (kind !== undefined) return `a ${kind} is where the project's folder should be`
  // The folders above are made; here only what is in their way matters.
  const above = root.split(sep).map((_segment, index, all) => all.slice(0, index + 1).join(sep) || sep)
  const inWay = above.find((folder) => !["directory", undefined].includes(fs.stat(folder)?.kind))
  return inWay === undefined ? undefined : `${inWay} is no folder`
}

/** Tells what is wrong with a folder of the project, each one looked at once. */
function parentCheck(fs: FileSystem, root: string, writes: readonly DiskWrite[]) {
  const deleted = new Set<string>(writes.filter(isDeletion).map((write) => write.path))
  const known = new Map<string, string | undefined>()

  return (folder: string): string | undefined => {
    if (!known.has(folder)) known.set(folder, deleted.has(folder) ? undefined : folderProblem(fs, root, folder)?.reason)
    return known.get(folder)
  }
}
