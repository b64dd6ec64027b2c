import { type Diagnostic, problem } from "../model/diagnostic.ts"
import type { RelPath } from "../model/path.ts"
import { type DbtProject, isBelow } from "./dbt-project.ts"

/** Models and seeds that are added although another file has their name: dbt knows them by their name alone. */
export function takenNames(paths: readonly RelPath[], { paths: folders, nodes }: DbtProject): Diagnostic[] {
  return paths.flatMap((path) => {
    const isNode = isBelow(path, folders.models)
      ? /\.(sql|py)$/.test(path)
      : isBelow(path, folders.seeds) && path.endsWith(".csv")
    const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.(sql|py|csv)$/, "")
    const there = nodes.get(name)
    if (!isNode || there === undefined || there === path) return []
    return [
      problem("model-exists", `there is a ${name} already: ${there}; it would be added as ${path}`, {
        file: there,
        hint: "choose another name: in dbt, models, seeds and snapshots must all have different ones",
      }),
    ]
  })
}
