import { fingerprint, sameFile } from "../../hash.ts"
import type { FileChange } from "../../model/change.ts"
import type { LockedFile } from "../../model/lock.ts"
import { fileConflict } from "../conflict-report.ts"
import { mergeFile } from "../merge-file.ts"
import { sameMeaning } from "../formats/index.ts"
import { sameText } from "../merge-text.ts"
import { textOf } from "../text/lines.ts"
import { readTextFile } from "../text/text-file.ts"
import { changeOfMerge } from "./change-of-merge.ts"
import { writeTo } from "./disk-writes.ts"
import type { ManagedFile, RenderedBefore } from "./managed-file.ts"
import type { MergeTreeInput } from "./merge-tree-input.ts"

/** Policy `merge`, for a file that the template rendered before. */
export function decideMerge(file: RenderedBefore, input: MergeTreeInput): FileChange {
  const { base, ours, theirs, home } = file
  if (ours === undefined) return stayDeleted(file)
  if (theirs === undefined) return followDeletion(file, ours, input)
  const merge = mergeFile({ ...input, path: home, base: base.file, ours: ours.file, theirs: theirs.file })
  return changeOfMerge(file, merge, input)
}

/** A file that the team removed never comes back by itself; that the template would have changed it is told. */
export function stayDeleted({ base, theirs, home }: RenderedBefore): FileChange {
  const from = home === base.path ? {} : { from: base.path }
  const change = { path: home, ...from, action: "none", status: "clean", writes: [] } as const
  if (theirs === undefined) return { ...change, reason: "deleted-by-template" }
  const untold = isPlaceholder(base.path, base.file) || sameFile(base.file, fingerprint(theirs.file))
  return { ...change, reason: untold ? "deleted-by-team" : "deleted-by-team-template-changed" }
}

/** The template dropped the file: so does the project, unless the team has worked on it. */
export function followDeletion(
  file: RenderedBefore,
  ours: NonNullable<ManagedFile["ours"]>,
  input: MergeTreeInput,
): FileChange {
  const { base } = file
  const change = { path: ours.path, ...(ours.path === base.path ? {} : { from: base.path }) }
  if (isUntouched(base.file, ours)) {
    const writes = writeTo(input.ours, ours.path, null)
    return { ...change, action: "delete", status: "clean", reason: "deleted-by-template", writes }
  }
  const kept = { ...change, action: "keep", reason: "deleted-by-template-team-changed", writes: [] } as const
  if (input.conflictStyle === "ours") return { ...kept, status: "clean" }
  const before = base.file.bytes && { mode: base.file.mode, bytes: base.file.bytes }
  const conflicts = [fileConflict("modify-delete", ours.path, before, ours.file, undefined)]
  return { ...kept, status: "conflict", conflicts }
}

/** Whether the team left the file as it was rendered; other line ends are no edit, and what a formatter does is none. */
export function isUntouched(base: LockedFile, { path, file: ours }: NonNullable<ManagedFile["ours"]>): boolean {
  if (sameFile(base, fingerprint(ours))) return true
  if (base.mode !== ours.mode || base.mode === "link" || base.bytes === undefined) return false
  const [before, now] = [readTextFile(base.bytes), readTextFile(ours.bytes)]
  if (before === undefined || now === undefined) return false
  return sameText(before, now) || sameMeaning(path, textOf(before.lines), textOf(now.lines))
}

/** A file that only keeps an empty folder in git; it goes when the folder gets a file, and nobody misses it. */
function isPlaceholder(path: string, file: LockedFile): boolean {
  return /(^|\/)\.(git)?keep$/.test(path) || file.bytes?.length === 0
}
