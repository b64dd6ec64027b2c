import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"

const DEEPEST = 4
const MOST = 8

/** Where below a folder templates are, by their paths from it: for who named the wrong one. */
export function templatesBelow(folder: string, prefix = "", depth = DEEPEST): string[] {
  const here = join(folder, prefix)
  if (existsSync(join(here, "template.yml"))) return [prefix]
  if (depth === 0 || !existsSync(here)) return []
  return readdirSync(here, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules")
    .flatMap(({ name }) => templatesBelow(folder, prefix === "" ? name : `${prefix}/${name}`, depth - 1))
    .slice(0, MOST)
}
