import { fingerprint } from "../../hash.ts"
import { deviationsOf, type Deviation, isOpen, type LockedContent } from "../../locked/deviations.ts"
import { restoreContent } from "../../locked/restore-content.ts"
import { rulesInForce } from "../../locked/stage.ts"
import type { FileChange, RestoredPlace } from "../../model/change.ts"
import type { RelPath } from "../../model/path.ts"
import type { RenderedFile } from "../../model/template.ts"
import type { FileEntry } from "../../model/tree.ts"
import { globMatcher } from "../../render/glob.ts"
import { mergeFile } from "../merge-file.ts"
import { changeOfMerge } from "./change-of-merge.ts"
import { isUntouched } from "./decide-merge.ts"
import { writeTo } from "./disk-writes.ts"
import type { ManagedFile } from "./managed-file.ts"
import type { MergeTreeInput } from "./merge-tree-input.ts"

/** What the template alone may set in a file, today. */
export interface Guard {
  readonly path: RelPath
  readonly file: RenderedFile
  readonly content: Omit<LockedContent, "ours">
}

/** What of the file is locked and not excepted; undefined where nothing is, or nobody asked for it. */
export function guardOf({ base, theirs, taken }: ManagedFile, { policies }: MergeTreeInput): Guard | undefined {
  if (theirs?.file.locked === undefined || policies === undefined || taken !== undefined) return undefined
  const { path, file } = theirs
  const rules = rulesInForce(theirs.file.locked, policies.today)
  const exceptions = policies.exceptions.filter(
    (exception) =>
      policies.today <= exception.until && (globMatcher(exception.path)(path) || exception.path === base?.path),
  )
  if (rules.length === 0 || exceptions.some(({ key }) => key === undefined)) return undefined
  return { path, file, content: { path, rules, exceptions, expected: { ...file, ...fingerprint(file) } } }
}

/**
 * A file in which the template alone may set something: what the merge would make of it, where that is as the template
 * has it; else the merge of the team's file with its locked places put back. So no conflict is left in one of them.
 * @param decide what becomes of a file by its policy
 */
export function decideLocked(
  file: ManagedFile,
  guard: Guard,
  input: MergeTreeInput,
  decide: (file: ManagedFile) => FileChange,
): FileChange {
  const { path, content } = guard
  const { base, ours } = file
  const merged = decide(file)
  if (base === undefined && ours === undefined) return merged
  const isMoved = file.move === "renamed-by-team" && ours !== undefined && ours.path !== path
  if (!isMoved && merged.status !== "conflict" && isInOrder(guard, resultOf(merged, path, ours?.file)))
    return withRestored(merged, ours === undefined ? [] : restoredPlaces(file, guard, false))

  const restored = restoredPlaces(file, guard, isMoved)
  if (ours === undefined || (isMoved && isWhole(guard))) return putBack(file, guard, input, restored)
  const mended = restoreContent({ ...content, ours: ours.file }, guard.file)
  if (mended === undefined && !isMoved) return merged
  const { move: _, ...stays } = file
  const home = isMoved ? path : file.home
  const other = { ...(isMoved ? stays : file), home, ours: { path: ours.path, file: mended ?? ours.file } }
  // With nothing rendered before, equal content would count as there already.
  const change =
    base === undefined
      ? changeOfMerge(
          other,
          mergeFile({ ...input, path: home, base: null, ours: other.ours.file, theirs: guard.file }),
          input,
        )
      : decide(other)
  if (isSame(change, merged)) return merged
  return withRestored(change, restored)
}

function withRestored(change: FileChange, restored: readonly RestoredPlace[]): FileChange {
  if (restored.length === 0) return change
  const action = change.action === "merge" || change.action === "rename" ? change.action : "update"
  return { ...change, action, reason: "locked", restored }
}

/** The template's file at its place; the team's copy goes where it is nothing but a copy. */
function putBack(
  { base, ours }: ManagedFile,
  { path, file }: Guard,
  input: MergeTreeInput,
  restored: readonly RestoredPlace[],
): FileChange {
  const isCopy = ours !== undefined && base !== undefined && isUntouched(base.file, ours)
  return {
    path,
    ...(isCopy ? { from: ours.path } : {}),
    action: isCopy ? "rename" : "create",
    status: "clean",
    reason: "locked",
    restored,
    writes: [...writeTo(input.ours, path, file), ...(isCopy ? writeTo(input.ours, ours.path, null) : [])],
  }
}

function isWhole({ content }: Guard): boolean {
  return content.rules.some(({ keys }) => keys === undefined)
}

/** What will be at a path, when the change is done. */
function resultOf({ writes }: FileChange, path: RelPath, ours: FileEntry | undefined): FileEntry | undefined {
  const write = writes.find((each) => each.path === path)
  return write === undefined ? ours : (write.after ?? undefined)
}

function isInOrder({ content }: Guard, ours: FileEntry | undefined): boolean {
  return !deviationsOf({ ...content, ours }).some(isOpen)
}

/** The places that the team changed; those that only the template changed come in by themselves. */
function restoredPlaces({ base, ours }: ManagedFile, guard: Guard, isMoved: boolean): readonly RestoredPlace[] {
  const { content } = guard
  const now = deviationsOf({ ...content, ours: isMoved && isWhole(guard) ? undefined : ours?.file }).filter(isOpen)
  const before =
    base === undefined || now.every(({ what }) => what === "deleted")
      ? undefined
      : new Set(deviationsOf({ ...content, expected: base.file, ours: ours?.file }).map(({ at }) => at))
  // What is told of a whole file is its first place.
  const places = now.filter(
    ({ at, rule }) => before === undefined || (rule.keys === undefined ? before.size > 0 : before.has(at)),
  )
  const moved = isMoved && places.length === 0 ? [{ at: "", ...policyOf(content.rules[0]) }] : []
  return [...moved, ...places.map(placeOf)]
}

function placeOf({ at, rule, expected, found }: Deviation): RestoredPlace {
  return {
    at,
    ...policyOf(rule),
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
  }
}

function policyOf(rule: Deviation["rule"] | undefined): Pick<RestoredPlace, "policy"> {
  return rule?.policy === undefined ? {} : { policy: rule.policy }
}

/** Whether two changes leave the same files. */
function isSame(a: FileChange, b: FileChange): boolean {
  return (
    a.writes.length === b.writes.length &&
    a.writes.every(({ path, after }, index) => {
      const other = b.writes[index]!
      if (path !== other.path || (after === null) !== (other.after === null)) return false
      return after === null || Buffer.compare(after.bytes, other.after!.bytes) === 0
    })
  )
}
