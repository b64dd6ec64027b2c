import { fingerprint, sameFile } from "../hash.ts"
import { mergeTree } from "../merge/merge-tree.ts"
import type { ConflictStyle } from "../merge/merge-input.ts"
import type { MergeTreeInput } from "../merge/tree/merge-tree-input.ts"
import type { ChangeReason, FileChange } from "../model/change.ts"
import { comparePaths, type RelPath } from "../model/path.ts"
import type { RenderedFile } from "../model/template.ts"

/** What adopting has to know of a project, beside what every merge does. */
export interface AdoptRules {
  /** Whether a file at this path may change what dbt builds. */
  readonly isReadByDbt: (path: RelPath) => boolean
  /** Where the team has what the template brings at this path. */
  readonly elsewhere: (path: RelPath) => RelPath | undefined
  /** Whether the request wants the template's content at this path, whatever it changes. */
  readonly take: (path: RelPath) => boolean
  /** How files that both have are put together; absent: the team's stay as they are. */
  readonly conflictStyle?: ConflictStyle
}

type Fate = "merge" | "unite" | { readonly reason: ChangeReason; readonly from?: RelPath }

/**
 * What adopting does to each file of the template. The team's content wins: a file that is there stays; what dbt would
 * read, and the template's starter content, is not created. Files with a base (what the template rendered for this
 * project once) are merged as an update merges them.
 */
export function adoptTree(input: MergeTreeInput, rules: AdoptRules): readonly FileChange[] {
  const fates = new Map([...input.theirs].map(([path, file]) => [path, fateOf(path, file, input, rules)]))
  const merge = (fate: Fate, base: MergeTreeInput["base"], conflictStyle: ConflictStyle): readonly FileChange[] => {
    const theirs = new Map([...input.theirs].filter(([path]) => fates.get(path) === fate))
    return mergeTree({ ...input, base, theirs, conflictStyle })
  }
  const kept = [...fates].flatMap(([path, fate]): readonly FileChange[] =>
    typeof fate === "string" ? [] : [keptChange(path, fate, input)],
  )
  const merged = merge("merge", input.base, rules.conflictStyle ?? "inline")
  return [...kept, ...merged, ...merge("unite", new Map(), "ours")].toSorted((a, b) => comparePaths(a.path, b.path))
}

function fateOf(path: RelPath, theirs: RenderedFile, input: MergeTreeInput, rules: AdoptRules): Fate {
  if (input.keep(path)) return { reason: "kept-by-setting" }
  if (input.base.has(path) || rules.take(path)) return "merge"
  const ours = input.ours.get(path)
  if (ours === undefined) {
    if (theirs.policy === "once") return { reason: "starter-content" }
    if (rules.isReadByDbt(path)) return { reason: "read-by-dbt" }
    const from = rules.elsewhere(path)
    return from === undefined ? "merge" : { reason: "has-own-place", from }
  }
  if (sameFile(fingerprint(ours), fingerprint(theirs))) return "merge"
  if (theirs.policy === "once") return { reason: "owned-by-team" }
  if (rules.conflictStyle !== undefined) return "merge"
  return isSetOfLines(path) ? "unite" : { reason: "kept-on-adopting" }
}

/** What git ignores: one pattern more takes nothing away. */
function isSetOfLines(path: string): boolean {
  return /(^|\/)\.gitignore$/.test(path)
}

function keptChange(path: RelPath, { reason, from }: Extract<Fate, object>, { ours }: MergeTreeInput): FileChange {
  const isThere = ours.has(path)
  // Of files that nobody misses, the number is told.
  const isQuiet = reason === "starter-content" || reason === "owned-by-team"
  return {
    path,
    ...(from === undefined ? {} : { from }),
    action: isThere ? "keep" : "none",
    status: isQuiet ? "clean" : "skipped",
    reason,
    paths: { theirs: path, ...(isThere ? { ours: path } : {}) },
    writes: [],
  }
}
