import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

/** The folder of the installed package: the one above this file that holds templates/ and schemas/. */
export function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, "schemas", "template.schema.json"))) {
    const above = dirname(folder)
    if (above === folder) throw new Error("the package is incomplete: schemas/template.schema.json is missing")
    folder = above
  }
  return folder
}
