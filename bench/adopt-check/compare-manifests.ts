// What differs from parse to parse of the same project.
const VOLATILE = new Set(["created_at", "generated_at", "invocation_id", "invocation_started_at", "run_started_at"])
// Of the run, not of the project.
const OF_THE_RUN = new Set(["metadata"])

type Json = Readonly<Record<string, unknown>>

/**
 * Where two manifests of dbt differ in what they say of the project: nodes, sources, macros, groups, exposures, tests, with
 * all of their configuration. Empty where the project means the same to dbt.
 */
export function compareManifests(before: unknown, after: unknown): readonly string[] {
  return differences(before as Json, after as Json, "", OF_THE_RUN)
}

/** How many of each kind a manifest has: `7 models, 3 seeds`. */
export function contentOf(manifest: unknown): Readonly<Record<string, number>> {
  const { nodes, macros, metadata } = manifest as Record<string, Json>
  const name = metadata?.["project_name"]
  const own = Object.values(nodes ?? {}).filter((node) => (node as Json)["package_name"] === name || name === undefined)
  const count = (kind: string): number => own.filter((node) => (node as Json)["resource_type"] === kind).length
  return {
    nodes: Object.keys(nodes ?? {}).length,
    models: count("model"),
    tests: count("test"),
    seeds: count("seed"),
    macros: Object.keys(macros ?? {}).length,
  }
}

function differences(before: unknown, after: unknown, at: string, skip: ReadonlySet<string>): readonly string[] {
  if (isMap(before) && isMap(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => !skip.has(key))
    return keys.flatMap((key) => differences(before[key], after[key], at === "" ? key : `${at}.${key}`, VOLATILE))
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return before.flatMap((item, index) => differences(item, after[index], `${at}[${index}]`, VOLATILE))
  return [`${at}: ${shown(before)} → ${shown(after)}`]
}

function isMap(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing"
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
