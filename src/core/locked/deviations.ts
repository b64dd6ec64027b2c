import { shownValue } from "../explain/show-part.ts"
import { fingerprint, sameFile } from "../hash.ts"
import { formatOf } from "../merge/formats/index.ts"
import type { Part } from "../merge/formats/part.ts"
import { DEFAULT_RULES } from "../merge/rules/merge-rules.ts"
import { textOf } from "../merge/text/lines.ts"
import { readTextFile } from "../merge/text/text-file.ts"
import { isUntouched } from "../merge/tree/decide-merge.ts"
import type { LockException } from "../model/exception.ts"
import type { LockedFile } from "../model/lock.ts"
import type { RelPath } from "../model/path.ts"
import type { LockRule } from "../model/template.ts"
import type { FileEntry } from "../model/tree.ts"
import { comparePlaces, type PlaceDeviation, type PlaceRules } from "./compare-places.ts"
import { parseKeyPattern } from "./key-pattern.ts"

/** What is wrong with a locked place. */
export type DeviationKind =
  /** Another value, another order of a list, other content. */
  | "changed"
  | "missing"
  /** It is there, and should not be. */
  | "added"
  /** The whole file is not at its place. */
  | "deleted"
  /** The executable bit, or the kind of the file. */
  | "mode"
  /** The file cannot be read, so its keys cannot be compared. */
  | "unreadable"

/** Something that the template alone may set, and that is not as the template has it. */
export interface Deviation {
  readonly rule: LockRule
  readonly what: DeviationKind
  /** Key path; "" for the file. Of a whole file, the first place that differs. */
  readonly at: string
  /** How many more places of a whole file differ. */
  readonly more?: number
  readonly line?: number
  readonly expected?: string
  readonly found?: string
  /** What allows it, or did until its date. */
  readonly exception?: LockException
}

/** What a deviation is looked for in. */
export interface LockedContent {
  readonly path: RelPath
  readonly rules: readonly LockRule[]
  /** What the template rendered. */
  readonly expected: Pick<LockedFile, "mode" | "sha256" | "policy" | "origin" | "bytes">
  readonly ours: FileEntry | undefined
  /** Those for this file. */
  readonly exceptions: readonly LockException[]
}

/** Everything in a file that its rules do not allow, also what is excepted. */
export function deviationsOf(content: LockedContent): readonly Deviation[] {
  const seen = new Set<string>()
  return content.rules
    .flatMap((rule) => (rule.keys === undefined ? ofFile(content, rule) : ofKeys(content, rule)))
    .filter(({ rule, at, what }) => {
      const id = JSON.stringify([rule, at, what])
      return !seen.has(id) && seen.add(id)
    })
}

/**
 * The exception for a place: of several the one that holds longest.
 * @param steps absent: the file itself
 */
function exceptionFor(exceptions: readonly LockException[], steps: readonly string[] = []): LockException | undefined {
  return exceptions
    .filter(({ key }) => key === undefined || (steps.length > 0 && parseKeyPattern(key).covers(steps)))
    .toSorted((a, b) => (a.until < b.until ? 1 : -1))[0]
}

function ofFile(content: LockedContent, rule: LockRule): readonly Deviation[] {
  const { path, expected, ours, exceptions } = content
  const whole = withException({ rule, at: "" }, exceptionFor(exceptions))
  if (ours === undefined) return [{ ...whole, what: "deleted" }]
  if (sameFile(expected, fingerprint(ours))) return []
  const isSaid = isUntouched(expected, { path, file: { ...ours, mode: expected.mode } })
  const isOther = expected.mode !== ours.mode
  if (isOther && (isSaid || expected.mode === "link" || ours.mode === "link"))
    return [{ ...whole, what: "mode", expected: expected.mode, found: ours.mode }]
  if (isSaid) return []
  const places = placesOf(content, lockOf([rule]))
  if (places === undefined || places.length === 0) {
    const line = firstDifference(expected.bytes, ours.bytes)
    return [{ ...whole, what: "changed", ...(line === undefined ? {} : { line }) }]
  }
  const told = places.map((place) => deviationAt(rule, place, exceptions))
  const open = told.filter(({ exception }) => exception === undefined)
  const [first] = open
  const excepted = told.filter(({ exception }) => exception !== undefined)
  return first === undefined ? excepted : [{ ...first, ...(open.length > 1 && { more: open.length - 1 }) }, ...excepted]
}

function ofKeys(content: LockedContent, rule: LockRule): readonly Deviation[] {
  const { ours, exceptions } = content
  const whole = withException({ rule, at: "" }, exceptionFor(exceptions))
  if (ours === undefined) return [{ ...whole, what: "deleted" }]
  const places = placesOf(content, lockOf([rule]))
  if (places === undefined) return [{ ...whole, what: "unreadable" }]
  return places.map((place) => deviationAt(rule, place, exceptions))
}

/** undefined where one of the two cannot be read. */
function placesOf(
  { path, expected, ours, exceptions }: LockedContent,
  isLocked: PlaceRules["isLocked"],
): readonly PlaceDeviation[] | undefined {
  const [should, is] = [partsOf(path, expected.bytes), partsOf(path, ours?.bytes)]
  if (should === undefined || is === undefined) return undefined
  return comparePlaces(should, is, { isLocked, groupOf: (steps) => exceptionFor(exceptions, steps) })
}

/** Places that differ and that no exception is for; undefined where the file cannot be read. */
export function openPlaces(content: LockedContent): readonly PlaceDeviation[] | undefined {
  return placesOf(content, lockOf(content.rules))?.filter(
    ({ steps }) => exceptionFor(content.exceptions, steps) === undefined,
  )
}

/** Whether an update has to do something about it. */
export function isOpen({ what, exception }: Deviation): boolean {
  return exception === undefined && what !== "unreadable"
}

function lockOf(rules: readonly LockRule[]): PlaceRules["isLocked"] {
  const patterns = rules.flatMap(({ keys }) => keys ?? []).map(parseKeyPattern)
  const isWhole = rules.some(({ keys }) => keys === undefined)
  return (steps, own) => isWhole || patterns.some(({ covers }) => covers(steps, own))
}

/** What a file says; undefined where it cannot be read, or its format knows of lines only. */
export function partsOf(path: RelPath, bytes: Uint8Array | undefined): readonly Part[] | undefined {
  const text = bytes && readTextFile(bytes)
  return text && formatOf(path).partsOf?.(textOf(text.lines), path, DEFAULT_RULES.at(path))
}

function deviationAt(rule: LockRule, place: PlaceDeviation, exceptions: readonly LockException[]): Deviation {
  const { at, steps, expected, found, line } = place
  const deviation = {
    rule,
    what: expected === undefined ? "added" : found === undefined ? "missing" : "changed",
    at,
    ...(line === undefined ? {} : { line }),
    ...(expected && { expected: shownValue(expected) }),
    ...(found && { found: shownValue(found) }),
  } as const
  return withException(deviation, exceptionFor(exceptions, steps))
}

function withException<T extends object>(deviation: T, exception: LockException | undefined) {
  return exception === undefined ? deviation : { ...deviation, exception }
}

function firstDifference(expected: Uint8Array | undefined, ours: Uint8Array): number | undefined {
  const [should, is] = [expected && readTextFile(expected), readTextFile(ours)]
  if (should === undefined || is === undefined) return undefined
  const index = is.lines.findIndex((line, at) => line !== should.lines[at])
  return index < 0 ? Math.max(is.lines.length, 1) : index + 1
}
