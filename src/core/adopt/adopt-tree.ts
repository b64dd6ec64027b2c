import { decodeText } from "../decode-text.ts"
import { fingerprint, sameFile } from "../hash.ts"
import { mergeTree } from "../merge/merge-tree.ts"
import type { ConflictStyle } from "../merge/merge-input.ts"
import type { MergeTreeInput } from "../merge/tree/merge-tree-input.ts"
import type { ChangeReason, FileChange } from "../model/change.ts"
import { comparePaths, type RelPath } from "../model/path.ts"
import type { RenderedFile } from "../model/template.ts"
import type { FileEntry } from "../model/tree.ts"
import { type LeftOut, uniteIgnore } from "./unite-ignore.ts"

/** What adopting has to know of a project, beside what every merge does. */
export interface AdoptRules {
  /** Whether a file at this path may change what dbt builds. */
  readonly isReadByDbt: (path: RelPath) => boolean
  /** Where the team has what the template brings at this path. */
  readonly elsewhere: (path: RelPath) => RelPath | undefined
  /** Whether the template makes the file for new projects only. */
  readonly isForNew: (path: RelPath) => boolean
  /** Files that would tell an answer that nobody gave. */
  readonly assumed: ReadonlySet<RelPath>
  /** Files that git has. */
  readonly tracked: readonly string[]
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
  const kept = [...fates].flatMap(([path, fate]): readonly FileChange[] =>
    typeof fate === "string" ? [] : [keptChange(path, fate, input)],
  )
  const united = [...fates].flatMap(([path, fate]) => (fate === "unite" ? [unitedChange(path, input, rules)] : []))
  const merged = mergeTree({
    ...input,
    theirs: new Map([...input.theirs].filter(([path]) => fates.get(path) === "merge")),
    conflictStyle: rules.conflictStyle ?? "inline",
  })
  return [...kept, ...merged, ...united].toSorted((a, b) => comparePaths(a.path, b.path))
}

function fateOf(path: RelPath, theirs: RenderedFile, input: MergeTreeInput, rules: AdoptRules): Fate {
  if (input.keep(path)) return { reason: "kept-by-setting" }
  if (input.base.has(path) || rules.take(path)) return "merge"
  const ours = input.ours.get(path)
  if (ours === undefined) {
    if (theirs.policy === "once" || rules.isForNew(path)) return { reason: "starter-content" }
    if (rules.isReadByDbt(path)) return { reason: "read-by-dbt" }
    const from = rules.elsewhere(path)
    if (from !== undefined) return { reason: "has-own-place", from }
    if (rules.assumed.has(path)) return { reason: "answer-assumed" }
    return isIgnoreList(path) && !input.obstacles?.has(path) ? "unite" : "merge"
  }
  if (sameFile(fingerprint(ours), fingerprint(theirs))) return "merge"
  if (theirs.policy === "once") return { reason: "owned-by-team" }
  if (rules.conflictStyle !== undefined) return "merge"
  const isUnited = isIgnoreList(path) && [ours, theirs].every((file) => isText(file))
  return isUnited ? "unite" : { reason: "kept-on-adopting" }
}

/** What git ignores: a pattern more takes nothing away, as long as git has no file that it fits. */
function isIgnoreList(path: string): boolean {
  return /(^|\/)\.gitignore$/.test(path)
}

function isText({ mode, bytes }: FileEntry): boolean {
  return mode !== "link" && decodeText(bytes) !== undefined
}

function unitedChange(path: RelPath, { ours, theirs }: MergeTreeInput, rules: AdoptRules): FileChange {
  const before = ours.get(path)
  const { text } = unitedIgnore(path, before, theirs.get(path)!, rules.tracked)
  const after: FileEntry = { mode: before?.mode ?? theirs.get(path)!.mode, bytes: Buffer.from(text, "utf8") }
  const isChanged = before === undefined || !sameFile(fingerprint(before), fingerprint(after))
  return {
    path,
    action: before === undefined ? "create" : isChanged ? "merge" : "none",
    status: "clean",
    reason: before === undefined ? "new-in-template" : isChanged ? "both-added" : "unchanged",
    paths: { theirs: path, ...(before ? { ours: path } : {}) },
    writes: isChanged ? [{ path, before: before ? fingerprint(before) : null, after }] : [],
  }
}

function unitedIgnore(
  path: RelPath,
  ours: FileEntry | undefined,
  theirs: FileEntry,
  tracked: readonly string[],
): ReturnType<typeof uniteIgnore> {
  const folder = path.slice(0, path.lastIndexOf("/") + 1)
  const below = tracked.filter((each) => each.startsWith(folder)).map((each) => each.slice(folder.length))
  const text = decodeText(theirs.bytes) ?? ""
  const united = uniteIgnore((ours && decodeText(ours.bytes)) ?? "", text, below)
  // A new list without anything to leave out is the template's, byte for byte.
  return ours === undefined && united.leftOut.length === 0 ? { ...united, text } : united
}

/** The template's patterns that do not come into the lists of what git ignores, since the team has what they fit. */
export function leftOutPatterns(
  changes: readonly FileChange[],
  { base, ours, theirs }: Pick<MergeTreeInput, "base" | "ours" | "theirs">,
  { tracked, take, conflictStyle }: AdoptRules,
): readonly (LeftOut & { readonly path: RelPath })[] {
  return changes
    .filter(({ path, status }) => isIgnoreList(path) && theirs.has(path) && status === "clean")
    .filter(({ path }) => conflictStyle === undefined && !base.has(path) && !take(path))
    .flatMap(({ path }) =>
      unitedIgnore(path, ours.get(path), theirs.get(path)!, tracked).leftOut.map((each) => ({ ...each, path })),
    )
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
