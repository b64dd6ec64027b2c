/** What dbt looks for in folders of a project. */
type Kind = "models" | "seeds" | "tests" | "analyses" | "macros" | "snapshots" | "assets" | "docs" | "functions"

/** Folders by what dbt looks for in them, relative to the project; empty for the project's own. */
export type DbtFolders = Readonly<Record<Kind, readonly string[]>>

// Today's key, the one before dbt 1.0 and what counts without either: https://docs.getdbt.com/reference/dbt_project.yml
const KEYS: readonly (readonly [kind: Kind, key: string, old: string, usual: readonly string[]])[] = [
  ["models", "model-paths", "source-paths", ["models"]],
  ["seeds", "seed-paths", "data-paths", ["seeds"]],
  ["tests", "test-paths", "test-paths", ["tests"]],
  ["analyses", "analysis-paths", "analysis-paths", ["analyses"]],
  ["macros", "macro-paths", "macro-paths", ["macros"]],
  ["snapshots", "snapshot-paths", "snapshot-paths", ["snapshots"]],
  ["assets", "asset-paths", "asset-paths", []],
  ["docs", "docs-paths", "docs-paths", []],
  ["functions", "function-paths", "function-paths", ["functions"]],
]

/** The folders that the value of a dbt_project.yml names, or dbt's own. */
export function dbtFolders(values: Readonly<Record<string, unknown>>): DbtFolders {
  const found = KEYS.map(([kind, key, old, usual]) => {
    const folders = listOf(values[key]) ?? listOf(values[old]) ?? usual
    return [kind, folders.map(plain)] as const
  })
  return Object.fromEntries(found) as unknown as DbtFolders
}

function listOf(value: unknown): readonly string[] | undefined {
  if (typeof value === "string") return [value]
  if (!Array.isArray(value)) return undefined
  return value.filter((item): item is string => typeof item === "string")
}

/** `./models/` is `models`, and `.` is empty. */
function plain(path: string): string {
  return path
    .split("/")
    .filter((step) => step !== "" && step !== ".")
    .join("/")
}
