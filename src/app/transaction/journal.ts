import { pathProblem, type RelPath } from "../../core/model/path.ts"
import type { Fingerprint } from "../../core/model/tree.ts"

export interface JournalWrite {
  readonly path: RelPath
  readonly before: Fingerprint | null
  readonly after: Fingerprint | null
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
  /** Folders that are made, outermost first, relative to the root: `.` is the root, `..` the folder above. */
  readonly created: readonly string[]
  /** Folders that are removed if the deletions leave them empty, outermost first. */
  readonly emptied: readonly EmptiedFolder[]
}

/**
 * The journal in a text. Undefined when it is not one: cut off, of another version, or with a path that leaves the
 * project, which nobody but a forger writes.
 */
export function parseJournal(text: string): Journal | undefined {
  const value = parseJson(text)
  if (!isRecord(value) || value["version"] !== 1) return undefined
  const { writes, created, emptied } = value
  if (!Array.isArray(writes) || !writes.every(isJournalWrite)) return undefined
  if (!Array.isArray(created) || !created.every(isFolder)) return undefined
  if (!Array.isArray(emptied) || !emptied.every(isEmptiedFolder)) return undefined
  return { version: 1, writes, created, emptied }
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

function isFolder(value: unknown): value is string {
  return isPath(value) || (typeof value === "string" && /^(\.|\.\.(\/\.\.)*)$/.test(value))
}

function isEmptiedFolder(value: unknown): value is EmptiedFolder {
  if (!isRecord(value) || !isPath(value["path"])) return false
  const permissions = value["permissions"]
  return typeof permissions === "number" && Number.isInteger(permissions) && permissions >= 0 && permissions <= 0o7777
}

function isPath(value: unknown): value is RelPath {
  return typeof value === "string" && pathProblem(value) === undefined
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
