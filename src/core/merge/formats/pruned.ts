/** A text without some of its parts. */
export interface Pruned {
  readonly text: string
  /** Those of the asked for keys that were there. */
  readonly found: ReadonlySet<string>
}

/**
 * Which paths of a file keys mean: the path that is written so, as it is shown to people
 * (`packages[package=dbt-labs/dbt_utils].version`), or else all that `*` makes of it, for a part of one step.
 */
export function selectPaths(keys: readonly string[], paths: readonly string[]): ReadonlyMap<string, string> {
  const selected = new Map<string, string>()
  for (const key of keys) {
    const isExact = paths.includes(key)
    const pattern = key.replace(/[\\^$+?.()[\]{}|]/g, "\\$&").replaceAll("*", "[^.[\\]]*")
    const fits = isExact || !key.includes("*") ? (path: string) => path === key : matcher(pattern)
    for (const path of paths) if (fits(path)) selected.set(path, key)
  }
  return selected
}

function matcher(pattern: string): (path: string) => boolean {
  const expression = new RegExp(`^${pattern}$`)
  return (path) => expression.test(path)
}
