import { snakeCase } from "../render/case.ts"
import { readDbtProject } from "./read-dbt-project.ts"
import { type Findings, type Found, isRecord, type ReadYaml, recordsIn } from "./found.ts"

export const PACKAGE_FILES = ["packages.yml", "dependencies.yml"]

/**
 * The internal dbt package that the project uses already: one in a folder, or in git of the same organisation; `none`
 * where it uses none. What it does not use is no business of adopting it.
 */
export function findPlatform(
  files: ReadonlyMap<string, string>,
  isOwn: (url: string) => boolean,
  readYaml: ReadYaml,
): Findings {
  const listed = PACKAGE_FILES.flatMap((file) => {
    const value = readYaml(files.get(file) ?? "")
    return recordsIn(isRecord(value) ? value["packages"] : undefined).map(
      ([index, item]) => [item, `${file}, packages[${index}]`] as const,
    )
  })
  const found = listed.flatMap(([item, where]): { readonly package: Found; readonly name?: Found }[] => {
    const { local, git, revision, subdirectory } = item
    if (typeof local === "string") {
      const folder = local.replace(/\/+$/, "")
      const manifest = `${folder}/dbt_project.yml`
      const { name } = readDbtProject(readYaml(files.get(manifest) ?? ""))
      const value = /^\.\.?(\/|$)/.test(folder) ? folder : `./${folder}`
      return [{ package: { value, where }, ...(name === undefined ? {} : { name: { value: name, where: manifest } }) }]
    }
    if (typeof git !== "string" || !isOwn(git)) return []
    const sub = typeof subdirectory === "string" ? `//${subdirectory}` : ""
    const at = typeof revision === "string" || typeof revision === "number" ? `@${revision}` : ""
    const name = snakeCase(/([^/:]+?)(\.git)?\/?$/.exec(git)?.[1] ?? "")
    return [
      { package: { value: `${git}${sub}${at}`, where }, ...(name === "" ? {} : { name: { value: name, where } }) },
    ]
  })
  const there = PACKAGE_FILES.filter((file) => files.has(file))
  const none: Found = {
    value: "none",
    where: there.length === 0 ? "there is no packages.yml" : `${there.join(" and ")}: no internal package`,
  }
  return {
    platform_package: [...found.map((each) => each.package), none],
    platform_name: found.flatMap(({ name }) => name ?? []),
  }
}
