import { dbtFolders } from "../dbt/dbt-folders.ts"
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

/** Reads the value of a dbt_project.yml; of one that is broken or missing, what dbt takes without settings. */
export function readDbtProject(value: unknown): DbtProject {
  const values = isRecord(value) ? value : {}
  const text = (key: string): string | undefined => {
    const found = values[key]
    return typeof found === "string" && found !== "" && !found.includes("{{") ? found : undefined
  }
  const folders = dbtFolders(values)
  const [name, profile] = [text("name"), text("profile")]
  return {
    ...(name === undefined ? {} : { name }),
    ...(profile === undefined ? {} : { profile }),
    modelPaths: folders.models,
    readPaths: [...new Set(Object.values(folders).flat())],
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
