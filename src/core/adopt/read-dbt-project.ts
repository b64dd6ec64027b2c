import { isRecord } from "./found.ts"

/** What of dbt_project.yml matters here, in the words of today's dbt. */
export interface DbtProject {
  readonly name?: string
  readonly profile?: string
  readonly modelPaths: readonly string[]
  /** Every folder that dbt reads, the models' among them. */
  readonly readPaths: readonly string[]
  readonly values: Readonly<Record<string, unknown>>
}

// Today's key, the one before dbt 1.0 and what counts without either: https://docs.getdbt.com/reference/dbt_project.yml
const PATHS: readonly (readonly [key: string, old: string, usual: readonly string[]])[] = [
  ["model-paths", "source-paths", ["models"]],
  ["seed-paths", "data-paths", ["seeds"]],
  ["test-paths", "test-paths", ["tests"]],
  ["analysis-paths", "analysis-paths", ["analyses"]],
  ["macro-paths", "macro-paths", ["macros"]],
  ["snapshot-paths", "snapshot-paths", ["snapshots"]],
  ["asset-paths", "asset-paths", []],
  ["docs-paths", "docs-paths", []],
  ["function-paths", "function-paths", ["functions"]],
]

/** Reads the value of a dbt_project.yml; of one that is broken or missing, what dbt takes without settings. */
export function readDbtProject(value: unknown): DbtProject {
  const values = isRecord(value) ? value : {}
  const text = (key: string): string | undefined => {
    const found = values[key]
    return typeof found === "string" && found !== "" && !found.includes("{{") ? found : undefined
  }
  const paths = PATHS.map(([key, old, usual]) => listOf(values[key]) ?? listOf(values[old]) ?? usual)
  const [name, profile] = [text("name"), text("profile")]
  return {
    ...(name === undefined ? {} : { name }),
    ...(profile === undefined ? {} : { profile }),
    modelPaths: paths[0]!.map(plain),
    readPaths: [...new Set(paths.flat().map(plain))],
    values,
  }
}

// Files beside dbt_project.yml that dbt, or a plugin of it, reads.
const OWN_FILES =
  /^(dbt_project|packages|dependencies|package-lock|profiles|selectors|dbt_cloud|dbt_loom\.config)\.ya?ml$|^\.(dbtignore|env)$/
// Where a project's own folder is one of those that dbt reads, it takes what it knows by its ending.
const READ_FILES = /\.(sql|py|ya?ml|md|csv)$/

/** Whether dbt reads a file at this path: one more there, or one less, may change what it builds. */
export function isReadByDbt({ readPaths }: DbtProject, path: string): boolean {
  if (OWN_FILES.test(path)) return true
  return readPaths.some((folder) => (folder === "" ? READ_FILES.test(path) : path.startsWith(`${folder}/`)))
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
