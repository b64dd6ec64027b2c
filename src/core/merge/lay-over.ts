import type { RelPath } from "../model/path.ts"
import type { FileEntry } from "../model/tree.ts"
import { formatOf } from "./formats/index.ts"
import type { Part } from "./formats/part.ts"
import { mergeFile } from "./merge-file.ts"
import { DEFAULT_RULES, type FileRules, type MergeRules } from "./rules/merge-rules.ts"
import { inFormOf } from "./text/line-ends.ts"
import { linesOf, textOf } from "./text/lines.ts"
import { readTextFile, writeTextFile } from "./text/text-file.ts"

/**
 * A file with the keys and entries of another one laid over it: values of `above` count, everything else of `below`
 * stays as it is written. Items of lists are told apart as in a merge; a list without names is replaced. undefined where
 * the format has no keys, where one of the two cannot be read, or where the result would not say what both do.
 */
export function layOver(
  path: RelPath,
  below: FileEntry,
  above: FileEntry,
  rules: MergeRules = DEFAULT_RULES,
): FileEntry | undefined {
  const format = formatOf(path)
  if (format.without === undefined || below.mode === "link" || above.mode === "link") return undefined
  const ofFile: FileRules = { ...rules.at(path), isFloor: () => false }
  const partsOf = ({ bytes }: FileEntry): readonly Part[] | undefined => {
    const text = readTextFile(bytes)
    const isBlank = text?.lines.every((line) => line.trim() === "")
    return isBlank === true ? [] : text && format.partsOf?.(textOf(text.lines), path, ofFile)
  }
  const [lower, upper] = [partsOf(below), partsOf(above)]
  if (lower === undefined || upper === undefined) return undefined
  const mode = above.mode === "755" ? above.mode : below.mode
  if (upper.every(isNothing)) return { ...below, mode }
  if (lower.every(isNothing)) return { ...above, mode }
  const file = format.layOver === undefined ? united(path, below, above, ofFile) : ordered(path, below, above, ofFile)
  const result = file && partsOf(file)
  return file && result && saysBoth(lower, upper, result) ? { ...file, mode } : undefined
}

/** There is no common base; what both have and differ in is the upper one's, pins of versions too. */
function united(path: RelPath, below: FileEntry, above: FileEntry, rules: FileRules): FileEntry | undefined {
  const { kind, file } = mergeFile({
    path,
    base: null,
    ours: below,
    theirs: above,
    labels: { ours: "below", base: "nothing", theirs: "above" },
    conflictStyle: "theirs",
    rules: { at: () => rules },
  })
  return kind === "clean" ? file : undefined
}

function ordered(path: RelPath, below: FileEntry, above: FileEntry, rules: FileRules): FileEntry | undefined {
  const [lower, upper] = [readTextFile(below.bytes), readTextFile(above.bytes)]
  const text = lower && upper && formatOf(path).layOver?.(textOf(lower.lines), textOf(upper.lines), path, rules)
  if (text === undefined) return undefined
  return { ...below, bytes: writeTextFile(inFormOf(lower!, linesOf(text), true, upper!)) }
}

/** A file without a value. */
function isNothing({ id, parts = [], text }: Part): boolean {
  return id === "" && parts.length === 0 && ["", "{}", "[]", "null", "~"].includes(text.trim())
}

/** Whether all of `upper` is in the result, and all of `lower` that it does not speak of. */
function saysBoth(lower: readonly Part[], upper: readonly Part[], result: readonly Part[]): boolean {
  const find = (wanted: Part, parts: readonly Part[]): Part | undefined =>
    parts.find(({ id, canon }) => (wanted.id === "" ? canon === wanted.canon : id === wanted.id))
  const hasUpper = upper.every((part) => {
    const now = find(part, result)
    if (now === undefined) return false
    if (now.canon === part.canon) return true
    if (part.parts === undefined || now.parts === undefined) return false
    return saysBoth(find(part, lower)?.parts ?? [], part.parts, now.parts)
  })
  // Where nothing names the items of a list, the upper one's is taken whole.
  const isWhole = upper.some(({ id }) => id === "")
  return (
    hasUpper &&
    (isWhole || lower.every((part) => find(part, upper) !== undefined || find(part, result)?.canon === part.canon))
  )
}
