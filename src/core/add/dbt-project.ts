import { parse } from "yaml"
import { dbtFolders } from "../dbt/dbt-folders.ts"
import type { RelPath } from "../model/path.ts"

export interface DbtGroup {
  readonly name: string
  readonly email?: string
}

/** A dbt project, as far as it matters for what is added to it. */
export interface DbtProject {
  readonly name: string
  readonly paths: DbtPaths
  /** Where the things that ref() finds are defined, by their name: models, seeds and snapshots. */
  readonly nodes: ReadonlyMap<string, RelPath>
  readonly groups: readonly DbtGroup[]
  /** The group that dbt_project.yml gives to models; otherwise the only one that there is. */
  readonly group?: DbtGroup
  /** The YAML files beside the models. */
  readonly properties: ReadonlyMap<RelPath, string>
  /** Whether a variable `sample_data` says if staging reads sample seeds. */
  readonly hasSampleData: boolean
}

/** Folders of a dbt project, relative to it. */
export interface DbtPaths {
  readonly models: readonly string[]
  readonly seeds: readonly string[]
  readonly snapshots: readonly string[]
}

type Raw = Readonly<Record<string, unknown>>

/** The folders that dbt_project.yml names, or dbt's own. Undefined where the text is no dbt_project.yml. */
export function readDbtPaths(text: string): DbtPaths | undefined {
  const file = readMap(text)
  if (typeof file?.["name"] !== "string") return undefined
  const { models, seeds, snapshots } = dbtFolders(file)
  // A project whose files lie beside dbt_project.yml has no folder for what is added.
  const named = (folders: readonly string[]): readonly string[] => folders.filter((folder) => folder !== "")
  return { models: named(models), seeds: named(seeds), snapshots: named(snapshots) }
}

/**
 * What there is in a dbt project.
 * @param text dbt_project.yml, which readDbtPaths could read
 * @param files the texts of the files below the folders of models and snapshots, and the paths of the seeds
 */
export function readDbtProject(text: string, paths: DbtPaths, files: ReadonlyMap<RelPath, string>): DbtProject {
  const file = readMap(text) ?? {}
  const name = String(file["name"])
  const properties = new Map([...files].filter(([path]) => isYaml(path) && isBelow(path, paths.models)))
  const groups = [...properties.values()].flatMap(groupsIn)
  const configured = (mapAt(file, "models", name) ?? {})["+group"]
  const group = groups.find((each) => each.name === configured) ?? (groups.length === 1 ? groups[0] : undefined)
  return {
    name,
    paths,
    nodes: new Map([...files].flatMap(([path, content]) => nodesIn(path, content, paths))),
    groups,
    ...(group === undefined ? {} : { group }),
    properties,
    hasSampleData: "sample_data" in { ...mapAt(file, "vars"), ...mapAt(file, "vars", name) },
  }
}

/** Names of what a file defines for ref(). */
function nodesIn(path: RelPath, content: string, paths: DbtPaths): [string, RelPath][] {
  const name = path.slice(path.lastIndexOf("/") + 1)
  if (isBelow(path, paths.snapshots))
    return [...content.matchAll(/\{%-?\s*snapshot\s+(\w+)/g)].map(([, found]) => [found ?? "", path])
  const [extensions, folders] = name.endsWith(".csv") ? [/\.csv$/, paths.seeds] : [/\.(sql|py)$/, paths.models]
  return extensions.test(name) && isBelow(path, folders) ? [[name.replace(extensions, ""), path]] : []
}

function groupsIn(text: string): DbtGroup[] {
  // Most files have none, and reading YAML takes its time.
  if (!/^["']?groups["']?\s*:/m.test(text)) return []
  const groups = readMap(text)?.["groups"]
  return (Array.isArray(groups) ? (groups as (Raw | null)[]) : []).flatMap((group) => {
    if (typeof group?.["name"] !== "string") return []
    const email = mapAt(group, "owner")?.["email"]
    return [{ name: group["name"], ...(typeof email === "string" ? { email } : {}) }]
  })
}

/** Whether a path is below one of these folders. */
export function isBelow(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path.startsWith(`${folder}/`))
}

export function isYaml(path: string): boolean {
  return /\.ya?ml$/.test(path)
}

function mapAt(value: Raw, ...keys: readonly string[]): Raw | undefined {
  let at: unknown = value
  for (const key of keys) at = typeof at === "object" && at !== null ? (at as Raw)[key] : undefined
  return typeof at === "object" && at !== null && !Array.isArray(at) ? (at as Raw) : undefined
}

/** The value of a YAML file that is a map; undefined for others, and for what cannot be read. */
export function readMap(text: string): Raw | undefined {
  try {
    const value: unknown = parse(text, { logLevel: "error", maxAliasCount: 100 })
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Raw) : undefined
  } catch {
    return undefined
  }
}
