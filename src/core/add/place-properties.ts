import { comparePaths, type RelPath, relPathOf } from "../model/path.ts"
import { isYaml, readMap } from "./dbt-project.ts"

/** The dbt properties files of a project, by path. */
export type PropertiesFiles = ReadonlyMap<RelPath, string>

/**
 * The file that entries of a list belong to: where one of them is already; or the file of the folder in which the project
 * keeps such entries (for groups, of any folder), or one of a folder above that has entries for this folder; or a new one,
 * named as the project names them.
 * @param path where the entries would go by themselves, and what they are added to when it is there
 * @param names of the entries
 * @param siblings names of what is in the folder already
 */
export function placeProperties(
  path: RelPath,
  list: string,
  names: readonly string[],
  files: PropertiesFiles,
  siblings: readonly string[] = [],
): RelPath {
  const having = [...files].filter(([, text]) => new RegExp(`^["']?${list}["']?\\s*:`, "m").test(text))
  const holding = having.filter(([, text]) => names.some((name) => entryNames(text, list, name).includes(name)))
  if (holding.length === 1 && holding[0]) return holding[0][0]
  const above = having.find(
    ([each, text]) =>
      isAbove(folderOf(each), folderOf(path)) && entryNames(text, list).some((name) => siblings.includes(name)),
  )
  const near = having.filter(([each]) => list === "groups" || folderOf(each) === folderOf(path))
  const shared = near.filter(([each, text]) => isShared(each, text, list)).map(([each]) => each)
  return shared.includes(path)
    ? path
    : (shared.toSorted(comparePaths)[0] ??
        above?.[0] ??
        newFile(
          path,
          list,
          having.map(([each]) => each),
        ))
}

/** Names of the entries of a list; none where the text does not even hold `wanted`. */
function entryNames(text: string, list: string, wanted?: string): string[] {
  if (wanted !== undefined && !text.includes(wanted)) return []
  const entries = readMap(text)?.[list]
  return (Array.isArray(entries) ? (entries as ({ readonly name?: unknown } | null)[]) : []).flatMap((entry) =>
    typeof entry?.name === "string" ? [entry.name] : [],
  )
}

/** Whether a file is for many entries, not for the one that it is named after. */
function isShared(path: RelPath, text: string, list: string): boolean {
  const names = entryNames(text, list)
  const [only] = names
  return names.length > 1 || only === undefined || !baseOf(path).replace(/^_+/, "").startsWith(`${only}.`)
}

/** By dbt's conventions `_<folder>__models.yml`; or as most such files of the project are called. */
function newFile(path: RelPath, list: string, having: readonly RelPath[]): RelPath {
  const usual = list === "groups" ? "_groups.yml" : `_{folder}__${list}.yml`
  const patterns = having.flatMap((each) => {
    const pattern = folderName(each) === "" ? baseOf(each) : baseOf(each).replace(folderName(each), "{folder}")
    return isYaml(each) && new RegExp(`^_?(\\{folder\\}_+)?(${list}|schema|properties)\\.`).test(pattern)
      ? [pattern]
      : []
  })
  const counted = [...new Set(patterns)].map((pattern) => ({
    pattern,
    count: patterns.filter((each) => each === pattern).length + (pattern === usual ? 0.5 : 0),
  }))
  const most = counted.toSorted((a, b) => b.count - a.count)[0]?.pattern ?? usual
  return relPathOf([folderOf(path), most.replace("{folder}", folderName(path))].filter((each) => each !== "").join("/"))
}

function isAbove(folder: string, other: string): boolean {
  return folder !== other && `${other}/`.startsWith(folder === "" ? "" : `${folder}/`)
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")))
}

function folderName(path: string): string {
  return baseOf(folderOf(path))
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1)
}
