import { type Found, isRecord, type ReadYaml, recordsIn } from "./found.ts"

/** What the YAML files beside models tell: owners of groups, and public models. */
export interface ModelFindings {
  readonly email: readonly Found[]
  readonly product: readonly Found[]
}

/** Data products that are there already: public models first, then those in a folder `products`. */
export function findInModels(
  files: ReadonlyMap<string, string>,
  models: readonly string[],
  readYaml: ReadYaml,
): ModelFindings {
  const email: Found[] = []
  const open: Found[] = []
  for (const [path, text] of files) {
    if (!/\.ya?ml$/.test(path) || !/^\s*(-\s*)?groups:|access["']?:\s*["']?public/m.test(text)) continue
    const value = readYaml(text)
    if (!isRecord(value)) continue
    for (const [, { name, owner }] of recordsIn(value["groups"])) {
      const mail = isRecord(owner) ? owner["email"] : undefined
      if (typeof mail === "string")
        email.push({ value: mail, where: `${path}, groups[name=${String(name)}].owner.email` })
    }
    for (const [, model] of recordsIn(value["models"])) {
      const config = isRecord(model["config"]) ? model["config"] : {}
      if (typeof model["name"] === "string" && (model["access"] ?? config["access"]) === "public")
        open.push({ value: model["name"], where: `${path}, a public model` })
    }
  }
  const inFolder = (folder: RegExp): Found[] =>
    models
      .filter((path) => folder.test(path))
      .map((path) => ({ value: path.replace(/^.*\//, "").replace(/\.(sql|py)$/, ""), where: path, isHint: true }))
  return { email, product: [...open, ...inFolder(/(^|\/)(data_)?products\//)] }
}
