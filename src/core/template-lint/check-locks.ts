import { closest } from "../answers/closest.ts"
import { partsOf } from "../locked/deviations.ts"
import { parseKeyPattern, stepsOf } from "../locked/key-pattern.ts"
import type { Part } from "../merge/formats/part.ts"
import { joinSteps, showStep } from "../merge/structure/key-path.ts"
import type { Diagnostic } from "../model/diagnostic.ts"
import { globMatcher } from "../render/glob.ts"
import { type LintInput, placeIn, warning } from "./lint-input.ts"
import type { TriedTemplate } from "./rendered-cases.ts"

type Steps = readonly string[]

/** Locked keys that no rendering has, which may be slips; and files that are the team's by one rule and locked by another. */
export function checkLocks(input: LintInput, { cases }: TriedTemplate): readonly Diagnostic[] {
  const files = cases.flatMap(({ tree }) => [...tree.values()])
  return input.manifests.flatMap((parsed) =>
    parsed.manifest.files.flatMap(({ path, locked }, index) => {
      if (locked === undefined) return []
      const matches = globMatcher(path)
      const fitting = files.filter((file) => matches(file.path))
      const trees = fitting.flatMap((file) => partsOf(file.path, file.bytes) ?? [])
      const places = placesIn(trees)
      const keys =
        places.length === 0
          ? []
          : (locked.keys ?? []).flatMap((key, at): Diagnostic[] => {
              if (places.some((place) => parseKeyPattern(key).covers(place))) return []
              const place = placeIn(parsed, ["files", index, "locked", "keys", at])
              const meant = meantBy(stepsOf(key), places)
              if (meant !== undefined)
                return [
                  warning("locked-nothing", `locked: ${key} is no key of ${path}`, {
                    ...place,
                    hint: `did you mean ${meant}? As it is, projects may not have ${key}, and nothing else is locked by it`,
                  }),
                ]
              const message = `locked: ${key} is in no rendering of ${path}, so projects may not have it`
              return [{ code: "locked-absent", severity: "info", message, ...place }]
            })
      const once = parsed.manifest.files.findLastIndex(
        (rule) => rule.mode !== undefined && fitting.some((file) => globMatcher(rule.path)(file.path)),
      )
      const isOnce = once >= 0 && once !== index && parsed.manifest.files[once]!.mode === "once"
      if (!isOnce) return keys
      const both = warning(
        "locked-once",
        `${path} is locked, and by another rule (${parsed.manifest.files[once]!.path}) mode: once`,
        {
          ...placeIn(parsed, ["files", index, "locked"]),
          hint: "locked counts: updates go on to change it; take it out of one of the two rules",
        },
      )
      return [...keys, both]
    }),
  )
}

/** Every place of a file, by its steps; those of several files once. */
function placesIn(parts: readonly Part[]): readonly Steps[] {
  const found = new Map<string, Steps>()
  const walk = (inside: readonly Part[], above: readonly string[]): void => {
    for (const { name, parts: more = [] } of inside) {
      const names = [...above, name]
      const path = joinSteps(names)
      if (!found.has(path)) found.set(path, stepsOf(path))
      walk(more, names)
    }
  }
  walk(parts, [])
  return [...found.values()]
}

/** The key path that was meant: with the first step that leads nowhere as one that is there. */
function meantBy(steps: Steps, places: readonly Steps[]): string | undefined {
  for (const [at, step] of steps.entries()) {
    const upTo = (end: number): readonly Steps[] => {
      const pattern = parseKeyPattern(shown(steps.slice(0, end)))
      return places.filter((place) => place.length >= end && pattern.covers(place.slice(0, end)))
    }
    if (upTo(at + 1).length > 0) continue
    const inside = at === 0 ? places : upTo(at)
    const near = closest(step, [...new Set(inside.flatMap((place) => place[at] ?? []))])
    return near === undefined ? undefined : shown([...steps.slice(0, at), near, ...steps.slice(at + 1)])
  }
  return undefined
}

function shown(steps: Steps): string {
  return joinSteps(steps.map(showStep))
}
