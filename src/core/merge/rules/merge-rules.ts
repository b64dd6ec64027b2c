import type { FloorRule, ListRule, Manifest } from "../../model/template.ts"
import type { RelPath } from "../../model/path.ts"
import { globMatcher } from "../../render/glob.ts"
import { PINNED } from "./default-floor.ts"
import { keyMatcher } from "./key-pattern.ts"

/** What a template knows about its files, and a merge could not know by itself. */
export interface MergeRules {
  /** The rules for one file. */
  readonly at: (path: RelPath) => FileRules
}

export interface FileRules {
  /** Whether the value at these keys is a version that an update never lowers. */
  readonly isFloor: (keys: readonly string[]) => boolean
  /** What the template says about the list at these keys. */
  readonly listRule: (keys: readonly string[]) => ListRule | undefined
}

type Matcher<T> = (path: string) => T | undefined

/** The rules of a manifest, on top of those that hold everywhere. What comes later in the manifest wins. */
export function mergeRules({ floor, identity }: Pick<Manifest, "floor" | "identity">): MergeRules {
  const floors = [...PINNED.map(defaultFloor), ...floor.map(declaredFloor)]
  const lists = identity.map(declaredList)
  return {
    at: (path) => {
      const [pins, named] = [matching(floors, path), matching(lists, path)]
      return {
        isFloor: (keys) => pins.findLast((rule) => rule.fits(keys))?.counts ?? false,
        listRule: (keys) => named.findLast((rule) => rule.fits(keys))?.rule,
      }
    },
  }
}

/** The rules without any template's. */
export const DEFAULT_RULES: MergeRules = mergeRules({ floor: [], identity: [] })

function matching<T>(rules: readonly Matcher<T>[], path: RelPath): readonly T[] {
  return rules.flatMap((rule) => rule(path) ?? [])
}

interface Floor {
  readonly fits: (keys: readonly string[]) => boolean
  readonly counts: boolean
}

function defaultFloor({ path, keys }: (typeof PINNED)[number]): Matcher<Floor> {
  const rule = { fits: anyOf(keys), counts: true }
  return (file) => (path.test(file) ? rule : undefined)
}

function declaredFloor({ path, keys, off = false }: FloorRule): Matcher<Floor> {
  const matches = globMatcher(path)
  const rule = { fits: anyOf(keys), counts: !off }
  return (file) => (matches(file) ? rule : undefined)
}

function declaredList(rule: ListRule): Matcher<{ readonly fits: Floor["fits"]; readonly rule: ListRule }> {
  const [matches, fits] = [globMatcher(rule.path), keyMatcher(rule.list)]
  return (file) => (matches(file) ? { fits, rule } : undefined)
}

/** Without keys, every value. */
function anyOf(keys: readonly string[] | undefined): Floor["fits"] {
  const matchers = keys?.map(keyMatcher)
  return (path) => matchers === undefined || matchers.some((fits) => fits(path))
}
