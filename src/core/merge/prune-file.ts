import type { RelPath } from "../model/path.ts"
import type { FileEntry } from "../model/tree.ts"
import { formatOf } from "./formats/index.ts"
import { DEFAULT_RULES, type MergeRules } from "./rules/merge-rules.ts"
import { inFormOf } from "./text/line-ends.ts"
import { linesOf, textOf } from "./text/lines.ts"
import { hasFinalNewline, readTextFile, writeTextFile } from "./text/text-file.ts"

export interface PrunedFile {
  readonly file: FileEntry
  /** Those of the keys that were there. */
  readonly found: ReadonlySet<string>
}

/**
 * A file without what stands at these keys (see selectPaths). undefined where its format has no keys, where it cannot be
 * read, or where what is left would not mean what it meant.
 */
export function pruneFile(
  path: RelPath,
  file: FileEntry,
  keys: readonly string[],
  rules: MergeRules = DEFAULT_RULES,
): PrunedFile | undefined {
  const text = file.mode === "link" ? undefined : readTextFile(file.bytes)
  const pruned = text && formatOf(path).without?.(textOf(text.lines), path, rules.at(path), keys)
  if (text === undefined || pruned === undefined) return undefined
  if (pruned.found.size === 0) return { file, found: pruned.found }
  const bytes = writeTextFile(inFormOf(text, linesOf(pruned.text), hasFinalNewline(text), text))
  return { file: { ...file, bytes }, found: pruned.found }
}
