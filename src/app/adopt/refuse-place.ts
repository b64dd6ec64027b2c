import { dirname, join } from "node:path"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import type { RelPath } from "../../core/model/path.ts"
import type { RenderedTree } from "../../core/model/template.ts"
import { PROJECT_FILE } from "../../core/plan/plan-project.ts"
import { refuseTaken } from "../create-project.ts"
import type { Ports } from "../ports/ports.ts"

/** Refuses a folder that is a project already, lies within one, or is none. */
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
        problem("inside-project", `${root} lies in the dbt project ${folder}`, { hint: `--dest ${folder}` }),
      ])
    if (dirname(folder) === folder) return
  }
}

/** A template of a dbt project, without its starter content, makes none out of a folder that is none. */
export function refuseWithoutDbt(ports: Ports, root: string, rendered: RenderedTree): void {
  if (!rendered.has("dbt_project.yml" as RelPath) || isFile(ports, join(root, "dbt_project.yml"))) return
  const below = ports.fs
    .list(root)
    .flatMap((name) => [name, ...ports.fs.list(join(root, name)).map((child) => `${name}/${child}`)])
    .filter((folder) => isFile(ports, join(root, folder, "dbt_project.yml")))
  const there = below.slice(0, 5).map((folder) => join(root, folder))
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
