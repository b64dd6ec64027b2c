import { commonEncoding, decodeBytes } from "../decode-text.ts"
import type { Conflict } from "../model/conflict.ts"
import { placeConflict } from "./conflict-report.ts"
import { formatOf, sameMeaning } from "./formats/index.ts"
import type { ChangedBy, MergeFileInput, MergeLabels } from "./merge-input.ts"
import type { ConflictSegment, MergeFormat, MergeResult, MergeTexts } from "./formats/merge-format.ts"
import { settleSegments, type SettledText } from "./settle-segments.ts"
import { inFormOf } from "./text/line-ends.ts"
import { linesOf, sameLines, textOf } from "./text/lines.ts"
import { hasFinalNewline, readTextFile, writeTextFile, type TextFile } from "./text/text-file.ts"

export type TextMerge =
  | {
      readonly kind: "clean"
      readonly bytes: Uint8Array
      readonly changedBy: ChangedBy
    }
  | { readonly kind: "conflict"; readonly bytes: Uint8Array; readonly conflicts: readonly Conflict[] }

/**
 * Merges three texts with the format of their path. Line ends and BOM are ours', the final newline is merged three-way.
 * undefined when a side is no text (a base without bytes is treated as none: there is nothing to compare with).
 */
export function mergeText(input: MergeFileInput): TextMerge | undefined {
  const known = input.base?.bytes
  const encoding = commonEncoding([input.ours.bytes, input.theirs.bytes, ...(known === undefined ? [] : [known])])
  const ours = readTextFile(input.ours.bytes, encoding)
  const theirs = readTextFile(input.theirs.bytes, encoding)
  const base = known === undefined ? null : readTextFile(known, encoding)
  if (ours === undefined || theirs === undefined || base === undefined) return undefined

  const changedBy = { ours: base === null || !sameText(base, ours), theirs: base === null || !sameText(base, theirs) }
  if (!changedBy.theirs || sameText(ours, theirs)) return { kind: "clean", bytes: input.ours.bytes, changedBy }
  if (!changedBy.ours)
    return { kind: "clean", bytes: written(ours, theirs, theirs.lines, hasFinalNewline(theirs)), changedBy }

  const texts: MergeTexts = {
    path: input.path,
    base: base && textOf(base.lines),
    ours: textOf(ours.lines),
    theirs: textOf(theirs.lines),
    ...(input.rules && { rules: input.rules }),
  }
  const format = formatOf(input.path)
  const result = format.merge(texts)
  const { segments } = result
  if (texts.base !== null && segments.some((segment) => segment.kind === "conflict")) {
    // Who only laid the file out anew does not stand against the other's change.
    const relaid = (side: string): boolean => sameMeaning(input.path, texts.base!, side)
    if (relaid(texts.theirs))
      return { kind: "clean", bytes: input.ours.bytes, changedBy: { ours: true, theirs: false } }
    if (relaid(texts.ours)) {
      const taken = written(ours, theirs, theirs.lines, hasFinalNewline(theirs))
      return { kind: "clean", bytes: taken, changedBy: { ours: false, theirs: true } }
    }
  }
  const { text, open } = settled(format, result, texts, { ...input, labels: labelsIn(ours, input.labels) })
  // Behind a marker the file goes on, whatever the sides end with.
  const finalNewline =
    segments.at(-1)?.kind === "conflict" && open.length > 0 ? true : mergedFinalNewline(base, ours, theirs)
  const bytes = written(ours, theirs, linesOf(text), finalNewline)
  if (open.length === 0) return { kind: "clean", bytes, changedBy }
  const kind = input.base === null ? "both-added" : "both-changed"
  return { kind: "conflict", bytes, conflicts: open.map((place) => placeConflict(kind, texts, place)) }
}

/** Labels as they are written into a file. */
function labelsIn({ encoding }: TextFile, labels: MergeLabels): MergeLabels {
  if (encoding === "utf-8") return labels
  const asBytes = (label: string): string => decodeBytes(new TextEncoder().encode(label))
  return { ours: asBytes(labels.ours), base: asBytes(labels.base), theirs: asBytes(labels.theirs) }
}

/**
 * A side's text in place of each conflict can be a file that nobody wrote and nothing reads: then that side's whole file
 * is the answer.
 */
function settled(format: MergeFormat, result: MergeResult, texts: MergeTexts, input: MergeFileInput): SettledText {
  const { conflictStyle, labels } = input
  const first = settleSegments(result, conflictStyle, labels)
  if (conflictStyle !== "ours" && conflictStyle !== "theirs") return first
  const reads = (text: string): boolean => format.reads?.(text, texts) ?? true
  const isClean = result.segments.every(({ kind }) => kind === "agreed")
  if (isClean || reads(first.text) || !reads(texts[conflictStyle])) return first
  const { base, ours, theirs } = texts
  const whole: ConflictSegment = { kind: "conflict", base, ours, theirs, line: 1, at: "" }
  return settleSegments({ segments: [whole] }, conflictStyle, labels)
}

/** Whether two texts differ in their form at most: line ends, BOM. */
export function sameText(a: TextFile, b: TextFile): boolean {
  return sameLines(a.lines, b.lines) && hasFinalNewline(a) === hasFinalNewline(b)
}

function mergedFinalNewline(base: TextFile | null, ours: TextFile, theirs: TextFile): boolean {
  if (base === null || hasFinalNewline(base) !== hasFinalNewline(ours)) return hasFinalNewline(ours)
  return hasFinalNewline(theirs)
}

function written(ours: TextFile, theirs: TextFile, lines: readonly string[], finalNewline: boolean): Uint8Array {
  return writeTextFile(inFormOf(ours, lines, finalNewline, theirs))
}
