/** What has to be known to undo a transaction later, beside what it replaced. */
export interface UndoNote {
  /** What it did, for messages: the template, and its versions before and after. */
  readonly template: { readonly name: string; readonly source: string; readonly from: string; readonly to: string }
  /** The commit that was checked out; null where there was none, or no git. */
  readonly head: string | null
  /** Files whose entry in git's index was not that of the commit: `<mode> <object>`, null where there was none. */
  readonly index: Readonly<Record<string, string | null>>
  /** The branch that was made for it, and the one that was checked out before; null where none was. */
  readonly branch?: { readonly made: string; readonly before: string | null }
  /** Files that were left with a conflict, and so are unmerged in the index. */
  readonly unmerged: readonly string[]
}

/** Whether a value that was read is a note. */
export function isUndoNote(value: unknown): value is UndoNote {
  if (!isRecord(value)) return false
  const { template, head, index, unmerged, branch } = value
  if (branch !== undefined && !isBranch(branch)) return false
  if (!isRecord(template) || !["name", "source", "from", "to"].every((key) => typeof template[key] === "string"))
    return false
  if (head !== null && typeof head !== "string") return false
  if (!Array.isArray(unmerged) || !unmerged.every((path) => typeof path === "string")) return false
  return isRecord(index) && Object.values(index).every((entry) => entry === null || isIndexEntry(entry))
}

function isBranch(value: unknown): boolean {
  return isRecord(value) && typeof value["made"] === "string" && ["string", "object"].includes(typeof value["before"])
}

function isIndexEntry(value: unknown): boolean {
  return typeof value === "string" && /^\d{6} [0-9a-f]{40,64}$/.test(value)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
