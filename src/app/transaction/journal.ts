import { pathProblem, type RelPath } from "../../core/model/path.ts"
import type { Fingerprint } from "../../core/model/tree.ts"
import type { FileSystem } from "../ports/file-system.ts"
import { isUndoNote, type UndoNote } from "./undo-note.ts"

export interface JournalWrite {
  readonly path: RelPath
  readonly before: Fingerprint | null
  readonly after: Fingerprint | null
}

/** A folder that is made: `.` is the root, `..` the folder above. Without permissions it gets the usual ones. */
export interface CreatedFolder {
  readonly path: string
  readonly permissions?: number
}

export interface EmptiedFolder {
  readonly path: RelPath
  readonly permissions: number
}

/** What is needed to undo an apply, known before its first change. */
export interface Journal {
  readonly version: 1
  /** In the order of the plan. The number of a write names its files in the transaction's folder. */
  readonly writes: readonly JournalWrite[]
  /** Folders that are made, outermost first. */
  readonly created: readonly CreatedFolder[]
  /** Folders that are removed if the deletions leave them empty, outermost first. */
  readonly emptied: readonly EmptiedFolder[]
  /** What it replaces is kept after it has ended, and can be put back. */
  readonly undo?: UndoNote
}

/** The journal in a file; undefined where none is, or none that parseJournal takes. */
export function readJournal(fs: FileSystem, path: string): Journal | undefined {
  return parseJournal(Buffer.from(fs.read(path)?.bytes ?? []).toString())
}

/**
 * The journal in a text. Undefined when it is not one: cut off, of another version, or with a path that leaves the
 * project, which nobody but a forger writes.
 */
function parseJournal(text: string): Journal | undefined {
  const value = parseJson(text)
  if (!isRecord(value) || value["version"] !== 1) return undefined
  const { writes, created, emptied, undo } = value
  if (!Array.isArray(writes) || !writes.every(isJournalWrite)) return undefined
  if (!Array.isArray(created) || !created.every(isCreatedFolder)) return undefined
  if (!Array.isArray(emptied) || !emptied.every(isEmptiedFolder)) return undefined
  if (undo !== undefined && !isUndoNote(undo)) return undefined
  return { version: 1, writes, created, emptied, ...(undo === undefined ? {} : { undo }) }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isJournalWrite(value: unknown): value is JournalWrite {
  return isRecord(value) && isPath(value["path"]) && isContent(value["before"]) && isContent(value["after"])
}

function isContent(value: unknown): boolean {
  if (value === null) return true
  if (!isRecord(value) || typeof value["sha256"] !== "string") return false
  return value["mode"] === "644" || value["mode"] === "755" || value["mode"] === "link"
}

function isCreatedFolder(value: unknown): value is CreatedFolder {
  if (!isRecord(value)) return false
  const { path, permissions } = value
  const isFolder = isPath(path) || (typeof path === "string" && /^(\.|\.\.(\/\.\.)*)$/.test(path))
  return isFolder && (permissions === undefined || isPermissions(permissions))
}

function isEmptiedFolder(value: unknown): value is EmptiedFolder {
  return isRecord(value) && isPath(value["path"]) && isPermissions(value["permissions"])
}

function isPermissions(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 0o7777
}

function isPath(value: unknown): value is RelPath {
  return typeof value === "string" && pathProblem(value) === undefined
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
