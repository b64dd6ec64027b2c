import { addToGroup } from "../../groups.ts"
import { relPathOf, type RelPath } from "../../model/path.ts"
import { baseName, folderName } from "./path-parts.ts"

/**
 * Folders that the team moved as a whole, old path to new: nothing is left in the old one, and all files that were
 * found again went the same way. One file does not show whether its folder moved or only itself.
 */
export function movedFolders(
  moves: ReadonlyMap<RelPath, RelPath>,
  present: readonly RelPath[],
): ReadonlyMap<string, string> {
  const votes = new Map<string, string[]>()
  for (const [from, to] of moves) {
    let [file, target]: [string, string] = [from, to]
    while (folderName(file) !== "" && baseName(file) === baseName(target)) {
      ;[file, target] = [folderName(file), folderName(target)]
      addToGroup(votes, file, target)
    }
  }
  const whole = [...votes].flatMap(([from, targets]): readonly [string, string][] => {
    const [to, ...others] = targets
    const unanimous = to !== undefined && others.length > 0 && others.every((other) => other === to)
    const empty = !present.some((path) => path.startsWith(`${from}/`))
    return unanimous && empty && to !== "" && to !== from ? [[from, to]] : []
  })
  return new Map(whole)
}

/** Where a new file of the template goes: along with the nearest folder that moved (as in git's merge). */
export function placeInMovedFolder(path: RelPath, folders: ReadonlyMap<string, string>): RelPath {
  for (let folder = folderName(path); folder !== ""; folder = folderName(folder)) {
    const target = folders.get(folder)
    if (target !== undefined) return relPathOf(target + path.slice(folder.length))
  }
  return path
}
