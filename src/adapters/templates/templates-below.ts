import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"

const DEEPEST = 4
const MOST = 8
// What a template renders is none.
const SKIPPED = ["files", "node_modules"]

/** Where below a folder templates are, by their paths from it: for who named the wrong one. */
export function templatesBelow(folder: string, prefix = "", depth = DEEPEST): string[] {
  const here = join(folder, prefix)
  if (depth === 0 || !existsSync(here)) return []
  const own = existsSync(join(here, "template.yml")) ? [prefix] : []
  const below = readdirSync(here, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && !SKIPPED.includes(entry.name))
    .flatMap(({ name }) => templatesBelow(folder, prefix === "" ? name : `${prefix}/${name}`, depth - 1))
  return [...own, ...below].slice(0, MOST)
}
