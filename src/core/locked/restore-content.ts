import { formatOf } from "../merge/formats/index.ts"
import { inFormOf } from "../merge/text/line-ends.ts"
import { linesOf, textOf } from "../merge/text/lines.ts"
import { hasFinalNewline, readTextFile, writeTextFile } from "../merge/text/text-file.ts"
import type { RelPath } from "../model/path.ts"
import type { FileEntry } from "../model/tree.ts"
import { comparePlaces, type PlaceDeviation } from "./compare-places.ts"
import { deviationsOf, isOpen, openPlaces, partsOf, type LockedContent } from "./deviations.ts"

/**
 * The team's file with every locked place as the template has it, but for exceptions; all else stays byte for byte.
 * undefined where nothing is to be done, or where nobody can tell how: the file cannot be read.
 * @param content `expected` is what the template has, `exceptions` are those that hold
 */
export function restoreContent(content: LockedContent, theirs: FileEntry): FileEntry | undefined {
  const { path, ours, rules } = content
  const deviations = deviationsOf(content)
  const open = deviations.filter(isOpen)
  if (ours === undefined || open.length === 0) return undefined
  const isWhole = rules.some(({ keys }) => keys === undefined)
  if (isWhole && open.length === deviations.length) return { mode: theirs.mode, bytes: theirs.bytes }
  const mode = isWhole ? theirs.mode : ours.mode
  if (open.every(({ what }) => what === "mode")) return { mode, bytes: ours.bytes }
  const places = openPlaces(content) ?? []
  const bytes = withPlaces(path, ours.bytes, theirs.bytes, places)
  if (bytes === undefined) return undefined
  const result = { mode, bytes }
  const left = openPlaces({ ...content, ours: result })
  return left?.length === 0 && isOnlyThere(path, ours.bytes, bytes, places) ? result : undefined
}

function withPlaces(
  path: RelPath,
  ours: Uint8Array,
  theirs: Uint8Array,
  places: readonly PlaceDeviation[],
): Uint8Array | undefined {
  const [mine, its] = [readTextFile(ours), readTextFile(theirs)]
  if (mine === undefined || its === undefined) return undefined
  const names = new Set(places.map(({ at }) => at))
  const text = formatOf(path).takePlaces?.(
    { path, ours: textOf(mine.lines), theirs: textOf(its.lines) },
    { has: (at) => names.has(at), isAbove: (at) => [...names].some((name) => isBelow(name, at)) },
  )
  return text === undefined ? undefined : writeTextFile(inFormOf(mine, linesOf(text), hasFinalNewline(mine), its))
}

/** Whether two texts differ at these places at most, and in what these came with or left empty. */
function isOnlyThere(path: RelPath, before: Uint8Array, after: Uint8Array, places: readonly PlaceDeviation[]): boolean {
  const [was, is] = [partsOf(path, before), partsOf(path, after)]
  if (was === undefined || is === undefined) return false
  return comparePlaces(was, is, { isLocked: () => true }).every(({ at }) =>
    places.some((place) => place.at === at || isBelow(at, place.at) || isBelow(place.at, at)),
  )
}

function isBelow(at: string, above: string): boolean {
  return at.length > above.length && at.startsWith(above) && /^[.[]/.test(at.slice(above.length))
}
