import type { Part } from "../merge/formats/part.ts"
import { joinSteps } from "../merge/structure/key-path.ts"
import type { TeamChange } from "../model/explanation.ts"
import { pairParts } from "./pair-parts.ts"

/** What ours changed against base, at the nearest containers. */
export function teamChanges(
  base: readonly Part[],
  ours: readonly Part[],
  path: readonly string[] = [],
): readonly TeamChange[] {
  const pairs = pairParts(base, ours)
  const known = new Set(pairs.values())
  const names = (parts: readonly Part[]): readonly string[] => parts.map(({ name }) => name)
  const added = names(ours.filter((part) => !known.has(part)))
  const removed = names(base.filter((part) => !pairs.has(part)))
  const edited = [...pairs].filter(([was, is]) => was.canon !== is.canon || was.id !== is.id)
  const isInside = ([was, is]: readonly [Part, Part]): boolean =>
    was.parts !== undefined && is.parts !== undefined && was.id === is.id
  const changed = names(edited.filter((pair) => !isInside(pair)).map(([was]) => was))
  const here = added.length + removed.length + changed.length > 0
  return [
    ...(here ? [{ at: joinSteps(path), added, removed, changed }] : []),
    ...edited.filter(isInside).flatMap(([was, is]) => teamChanges(was.parts!, is.parts!, [...path, is.name])),
  ]
}
