import { join } from "node:path"
import { type DbtProject, isYaml, readDbtPaths, readDbtProject } from "../../core/add/dbt-project.ts"
import type { RelPath } from "../../core/model/path.ts"
import type { FileSystem } from "../ports/file-system.ts"

/** The dbt project in a folder, from its files; undefined where there is none. */
export function findDbtProject(fs: FileSystem, root: string): DbtProject | undefined {
  const text = textAt(fs, join(root, "dbt_project.yml"))
  const paths = readDbtPaths(text)
  if (!paths) return undefined
  const files = new Map<RelPath, string>()
  for (const folder of new Set([...paths.models, ...paths.seeds, ...paths.snapshots])) walk(fs, root, folder, files)
  return readDbtProject(text, paths, files)
}

/** Reads what can tell something; of the others the path is enough. */
function walk(fs: FileSystem, root: string, folder: string, files: Map<RelPath, string>): void {
  for (const name of fs.list(join(root, folder))) {
    const path = `${folder}/${name}`
    const kind = fs.stat(join(root, path))?.kind
    if (kind === "directory") walk(fs, root, path, files)
    else if (kind === "file")
      files.set(path as RelPath, isYaml(name) || name.endsWith(".sql") ? textAt(fs, join(root, path)) : "")
  }
}

function textAt(fs: FileSystem, path: string): string {
  return Buffer.from(fs.read(path)?.bytes ?? "").toString("utf8")
}
