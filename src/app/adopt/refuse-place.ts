import { dirname, join } from "node:path"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import type { RelPath } from "../../core/model/path.ts"
import type { Template } from "../../core/model/template.ts"
import { globMatcher } from "../../core/render/glob.ts"
import { shellWord } from "../../core/render/quote.ts"
import { PROJECT_FILE } from "../../core/plan/plan-project.ts"
import { refuseTaken } from "../new/create-project.ts"
import type { Ports } from "../ports/ports.ts"

/** Refuses a folder that is a project already, lies within one, or is none. Nothing of the template is known yet. */
export function refusePlace(ports: Ports, root: string): void {
  refuseTaken(ports, root)
  if (ports.fs.stat(root) === null)
    throw new MeshwrightError([
      problem("no-folder", `${root} does not exist`, { hint: "`meshwright new` creates a project" }),
    ])
  if (isFile(ports, join(root, "dbt_project.yml"))) return
  for (let folder = dirname(root); ; folder = dirname(folder)) {
    // A dbt project within a mesh is a project of its own; a folder of a project is not.
    if (isFile(ports, join(folder, PROJECT_FILE)))
      throw new MeshwrightError([
        problem("inside-project", `${root} lies in the meshwright project ${folder}`, {
          hint: `\`meshwright update\` there brings it up to date`,
        }),
      ])
    if (isFile(ports, join(folder, "dbt_project.yml")))
      throw new MeshwrightError([
        problem("inside-project", `${root} lies in the dbt project ${folder}`, { hint: `--dest ${shellWord(folder)}` }),
      ])
    if (dirname(folder) === folder) return
  }
}

/** Whether a template makes a dbt project whatever is answered, so that nobody has to be asked before that is told. */
export function isAlwaysDbt({ layers, manifest }: Template): boolean {
  const isThere = layers.some(
    ({ when, files }) =>
      when === undefined && ["", ".hbs"].some((end) => files.has(`dbt_project.yml${end}` as RelPath)),
  )
  const isConditional = manifest.files.some(
    ({ when, path }) => when !== undefined && globMatcher(path)("dbt_project.yml"),
  )
  return isThere && !isConditional && manifest.extends === undefined
}

/** A template of a dbt project, without its starter content, makes none out of a folder that is none. */
export function refuseWithoutDbt(ports: Ports, root: string, isDbt: boolean): void {
  if (!isDbt || isFile(ports, join(root, "dbt_project.yml"))) return
  const below = ports.fs
    .list(root)
    .flatMap((name) => [name, ...ports.fs.list(join(root, name)).map((child) => `${name}/${child}`)])
    .filter((folder) => isFile(ports, join(root, folder, "dbt_project.yml")))
  const there = below.slice(0, 5).map((folder) => shellWord(join(root, folder)))
  throw new MeshwrightError([
    problem("no-dbt-project", `there is no dbt_project.yml in ${root}, and the template is one of a dbt project`, {
      hint:
        there.length > 0
          ? `there are dbt projects below: --dest ${there.join(", or --dest ")}`
          : "`meshwright new` creates a project",
    }),
  ])
}

export function isFile({ fs }: Pick<Ports, "fs">, path: string): boolean {
  return fs.stat(path)?.kind === "file"
}
