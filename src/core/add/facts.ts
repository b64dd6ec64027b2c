import type { Answers } from "../model/answers.ts"
import { showValue } from "../show-value.ts"
import type { DbtProject } from "./dbt-project.ts"

/** What generators may use of a project without asking: names and what they stand for. */
export const FACTS = {
  dbt_project: "name of the dbt project",
  models_path: "folder of the models",
  model_folders: "the folders below it, for people",
  staging_folder: "the one of them for staging models",
  intermediate_folder: "the one of them for models between staging and marts",
  marts_folder: "the one of them for marts",
  products_folder: "the one of them for data products",
  seeds_path: "folder of the seeds",
  default_group: "the group that models belong to, or none",
  group_email: "the mail address of that group",
  sample_data: "whether staging may read sample seeds: true or false",
  codeowners: "path of the CODEOWNERS file; empty where there is none",
} as const

/**
 * The facts about a project as texts, on top of the answers that it was made with. A text with template code in it is
 * none: it would be run.
 */
export function factsOf(dbt: DbtProject | undefined, codeowners: string, answers: Answers): Record<string, string> {
  const recorded = Object.entries(answers).map(([name, value]) => [name, showValue(value)] as const)
  const email = dbt?.group?.email ?? answers["owner_email"]
  const facts: Partial<Record<keyof typeof FACTS, string>> = {
    ...(dbt && {
      dbt_project: dbt.name,
      models_path: dbt.paths.models[0] ?? "models",
      model_folders: modelFolders(dbt).join(", "),
      staging_folder: folderLike(dbt, /^(\d+[_-])?(staging|stg)$/i) ?? "staging",
      intermediate_folder: folderLike(dbt, /^(\d+[_-])?(intermediate|int)$/i) ?? "intermediate",
      marts_folder: folderLike(dbt, /^(\d+[_-])?marts?$/i) ?? "marts",
      products_folder: folderLike(dbt, /^(\d+[_-])?(data[_-])?products?$/i) ?? "products",
      seeds_path: dbt.paths.seeds[0] ?? "seeds",
      default_group: dbt.group?.name ?? "none",
      sample_data: String(dbt.hasSampleData),
    }),
    ...(email === undefined ? {} : { group_email: showValue(email) }),
    codeowners,
  }
  return Object.fromEntries([...recorded, ...Object.entries(facts)].filter(([, text]) => !text.includes("{{")))
}

/** The folders that hold models or their properties, below the first folder of models. */
function modelFolders({ nodes, paths, properties }: DbtProject): string[] {
  const prefix = `${paths.models[0]}/`
  const folders = [...nodes.values(), ...properties.keys()].flatMap((path) => {
    const end = path.lastIndexOf("/")
    return path.startsWith(prefix) && end > prefix.length ? [path.slice(prefix.length, end)] : []
  })
  return [...new Set(folders)].toSorted()
}

/** The first folder of models, or folder in one, that is called so: what a project names its layers. */
function folderLike(dbt: DbtProject, name: RegExp): string | undefined {
  const folders = modelFolders(dbt).map((folder) => folder.split("/"))
  const found = folders.find((steps) => steps.some((step) => name.test(step)))
  return found?.slice(0, found.findIndex((step) => name.test(step)) + 1).join("/")
}
