import { joinSteps } from "../merge/structure/key-path.ts"
import { mergeFile } from "../merge/merge-file.ts"
import type { MergeRules } from "../merge/rules/merge-rules.ts"
import { readTextFile } from "../merge/text/text-file.ts"
import { textOf } from "../merge/text/lines.ts"
import type { FileChange } from "../model/change.ts"
import type { Explanation, PlaceChange, TeamChange } from "../model/explanation.ts"
import type { LockedFile } from "../model/lock.ts"
import type { RelPath } from "../model/path.ts"
import type { RenderedTree } from "../model/template.ts"
import type { FileEntry, Tree } from "../model/tree.ts"
import { explainText } from "./explain-text.ts"
import { originOf } from "./explain-parts.ts"
import type { Secrets } from "./show-part.ts"

/** What a plan was made from. */
export interface PlanSides {
  readonly base: ReadonlyMap<RelPath, LockedFile>
  readonly ours: Tree
  readonly theirs: RenderedTree
  readonly rules: MergeRules
  /** What was merged, where migrations had changed the project and the base before. */
  readonly merged?: Pick<PlanSides, "base" | "ours">
}

export type Explanations = ReadonlyMap<FileChange, Explanation>

/** What comes from whom, for the files of a plan that exist on all sides. */
export function explainChanges(changes: readonly FileChange[], sides: PlanSides, secrets: Secrets): Explanations {
  const explained = changes.flatMap((change): (readonly [FileChange, Explanation])[] => {
    const explanation = explainChange(change, sides, secrets)
    return explanation === undefined ? [] : [[change, explanation]]
  })
  return new Map(explained)
}

/** Only what the template changed while ours stayed as it was: nobody may miss that. Files of one side alone are not read. */
export function explainNotTaken(changes: readonly FileChange[], sides: PlanSides, secrets: Secrets): Explanations {
  const merges = changes.filter(({ action }) => action === "merge" || action === "rename")
  const left = [...explainChanges(merges, sides, secrets)].flatMap(
    ([change, { merged }]): (readonly [FileChange, Explanation])[] => {
      const places = merged.filter(({ from }) => from === "ours")
      return places.length === 0 ? [] : [[change, { merged: places, yours: [] }]]
    },
  )
  return new Map(left)
}

function explainChange(change: FileChange, sides: PlanSides, secrets: Secrets): Explanation | undefined {
  const { paths, reason } = change
  const before = sides.merged ?? sides
  const base = paths?.base === undefined ? undefined : before.base.get(paths.base)
  const ours = paths?.ours === undefined ? undefined : before.ours.get(paths.ours)
  const theirs = paths?.theirs === undefined ? undefined : sides.theirs.get(paths.theirs)
  if (ours === undefined || theirs === undefined || reason === "unchanged" || reason === "already-there")
    return undefined
  // Files whose earlier content is not on record: binaries, and those that are never merged.
  if (base !== undefined && base.bytes === undefined) return undefined
  const result = resultOf(change, base, ours, theirs, sides.rules)
  const [b, o, t, r] = [base, ours, theirs, result].map((file) => textIn(file?.bytes))
  if (o === undefined || t === undefined || r === undefined || (b === undefined && base !== undefined)) return undefined
  const { merged, yours } = explainText(
    change.path,
    { base: b ?? null, ours: o, theirs: t, result: r, rules: sides.rules },
    secrets,
  )
  // What of theirs is put back is not the team's any more.
  const own =
    reason === "locked" && change.status !== "conflict"
      ? explainText(change.path, { base: t, ours: r, theirs: t, result: r, rules: sides.rules }, secrets).yours
      : withoutRestored(yours, change)
  const all = [...modeChange(base, ours, theirs, result), ...merged]
  return { merged: withConflicts(asRestored(all, change), change), yours: own }
}

/** The file as it will be, with ours where there is a conflict. */
function resultOf(
  change: FileChange,
  base: LockedFile | undefined,
  ours: FileEntry,
  theirs: FileEntry,
  rules: MergeRules,
): FileEntry {
  const { path, status, writes } = change
  if (status !== "conflict") return writes.find((write) => write.path === path && write.after !== null)?.after ?? ours
  const labels = { ours: "", base: "", theirs: "" }
  return mergeFile({ path, base: base ?? null, ours, theirs, labels, conflictStyle: "ours", rules }).file
}

function textIn(bytes: Uint8Array | undefined): string | undefined {
  const text = bytes && readTextFile(bytes)
  return text && textOf(text.lines)
}

function modeChange(
  base: LockedFile | undefined,
  ours: FileEntry,
  theirs: FileEntry,
  result: FileEntry,
): readonly PlaceChange[] {
  if (base === undefined || base.mode === theirs.mode) return []
  const from = originOf(base.mode, ours.mode, theirs.mode, result.mode)
  return [{ at: "mode", what: "changed", from, old: base.mode, new: theirs.mode }]
}

/** What is put back is the template's, also where a conflict is left elsewhere in the file. */
function asRestored(places: readonly PlaceChange[], change: FileChange): readonly PlaceChange[] {
  return places.map(({ why, ...place }) => {
    if (isRestored(place.at, change)) return { ...place, from: "theirs" }
    return why === undefined ? place : { ...place, why }
  })
}

function withoutRestored(yours: readonly TeamChange[], change: FileChange): readonly TeamChange[] {
  if (change.restored === undefined) return yours
  return yours.flatMap(({ at, ...members }) => {
    const left = (names: readonly string[]): readonly string[] =>
      names.filter((name) => !isRestored(joinSteps(at === "" ? [name] : [at, name]), change))
    const own = { at, added: left(members.added), removed: left(members.removed), changed: left(members.changed) }
    return own.added.length + own.removed.length + own.changed.length > 0 ? [own] : []
  })
}

function isRestored(at: string, { restored = [] }: FileChange): boolean {
  return restored.some((place) => isWithin(at, place.at))
}

/** Where a conflict is left, nobody's version is taken yet; and lines will move when it is decided. */
function withConflicts(places: readonly PlaceChange[], { conflicts }: FileChange): readonly PlaceChange[] {
  if (conflicts === undefined || conflicts.length === 0) return places
  const open = conflicts.flatMap(({ at }) => at.split(", "))
  const isOpen = ({ at, from }: PlaceChange): boolean =>
    from !== "theirs" &&
    from !== "both" &&
    open.some((each) => isWithin(at, each) || isWithin(each, at) || /^lines? \d/.test(each) || /^lines? \d/.test(at))
  return places.map(({ line: _, why, ...place }) => {
    if (isOpen(place)) return { ...place, from: "conflict" }
    return why === undefined ? place : { ...place, why }
  })
}

function isWithin(path: string, other: string): boolean {
  return path === other || (path.startsWith(other) && /^[.[]/.test(path.slice(other.length))) || other === ""
}
