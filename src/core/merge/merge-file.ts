import { sameFile, sha256 } from "../hash.ts"
import type { Conflict } from "../model/conflict.ts"
import type { FileEntry, FileMode, Sha256 } from "../model/tree.ts"
import { fileConflict } from "./conflict-report.ts"
import type { ChangedBy, MergeFileInput } from "./merge-input.ts"
import { mergeText, type TextMerge } from "./merge-text.ts"

/** A merged file. With conflicts, `file` is what to put at the path, and `beside` what to put next to it. */
export type FileMerge =
  | {
      readonly kind: "clean"
      readonly file: FileEntry
      readonly changedBy: ChangedBy
    }
  | {
      readonly kind: "conflict"
      readonly file: FileEntry
      readonly beside?: FileEntry
      readonly conflicts: readonly Conflict[]
    }

/**
 * Merges one file that exists on both sides: mode and content, each three-way. Links are never merged with anything:
 * they are equal, or a conflict.
 */
export function mergeFile(input: MergeFileInput): FileMerge {
  const { base, ours, theirs } = input
  const known = {
    ours: { mode: ours.mode, sha256: sha256(ours.bytes) },
    theirs: { mode: theirs.mode, sha256: sha256(theirs.bytes) },
  }
  const changedBy = {
    ours: base === null || !sameFile(base, known.ours),
    theirs: base === null || !sameFile(base, known.theirs),
  }
  if (sameFile(known.ours, known.theirs) || !changedBy.theirs) return clean(ours, changedBy)
  if (!changedBy.ours) return clean(theirs, changedBy)
  if ([base?.mode, ours.mode, theirs.mode].includes("link")) return notMergeable(input)

  const mode = mergeMode(base?.mode ?? "644", ours.mode, theirs.mode)
  const modeChanged = {
    ours: base !== null && base.mode !== ours.mode,
    theirs: base !== null && base.mode !== theirs.mode,
  }
  const content = mergeContent(input, known.ours.sha256, known.theirs.sha256)
  if (content === undefined) return notMergeable(input)
  if (content.kind === "conflict") {
    // With "sidecar" ours is promised to stay as it is, the mode too.
    if (input.conflictStyle === "sidecar") return { ...content, file: ours, beside: theirs }
    return { kind: "conflict", file: { mode, bytes: content.bytes }, conflicts: content.conflicts }
  }
  return {
    kind: "clean",
    file: { mode, bytes: content.bytes },
    changedBy: {
      ours: content.changedBy.ours || modeChanged.ours,
      theirs: content.changedBy.theirs || modeChanged.theirs,
    },
  }
}

/** There are two modes, so two sides that changed one changed it alike. */
function mergeMode(base: FileMode, ours: FileMode, theirs: FileMode): FileMode {
  return ours === base ? theirs : ours
}

function mergeContent(input: MergeFileInput, oursHash: Sha256, theirsHash: Sha256): TextMerge | undefined {
  const { base, ours, theirs } = input
  const take = (bytes: Uint8Array, changedBy: ChangedBy): TextMerge => ({ kind: "clean", bytes, changedBy })
  if (base === null) return oursHash === theirsHash ? take(ours.bytes, { ours: true, theirs: true }) : mergeText(input)
  const changedBy = { ours: oursHash !== base.sha256, theirs: theirsHash !== base.sha256 }
  if (oursHash === theirsHash || !changedBy.theirs) return take(ours.bytes, changedBy)
  return changedBy.ours ? mergeText(input) : take(theirs.bytes, changedBy)
}

function clean(file: FileEntry, changedBy: ChangedBy): FileMerge {
  return { kind: "clean", file, changedBy }
}

/** Nothing in between is possible: ours stays and theirs goes beside it, or the side that the style names. */
function notMergeable(input: MergeFileInput): FileMerge {
  const { base, ours, theirs, path, conflictStyle } = input
  if (conflictStyle === "ours" || conflictStyle === "theirs") {
    const file = conflictStyle === "ours" ? ours : theirs
    return { kind: "clean", file, changedBy: { ours: true, theirs: true } }
  }
  const kind = base === null ? "both-added" : "not-mergeable"
  const conflict = fileConflict(kind, path, base?.bytes && { mode: base.mode, bytes: base.bytes }, ours, theirs)
  return { kind: "conflict", file: ours, beside: theirs, conflicts: [conflict] }
}
