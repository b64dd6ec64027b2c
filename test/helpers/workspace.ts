import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll } from "vitest"

// Names that paths of users have: a space, a letter beyond ASCII.
const PREFIX = "mesh wright é-"

const root = makeRoot()
let folders = 0

/** Home, cache and git configuration of nobody: what a developer has set must not matter to a test. */
export const home = join(root, "home")
mkdirSync(home)
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** A new empty folder, outside of any git repository and with nothing beside it; removed when the test file is done. */
export function folder(): string {
  folders += 1
  const path = join(root, String(folders), "work")
  mkdirSync(path, { recursive: true })
  return path
}

function makeRoot(): string {
  // Without links in it, so that paths in output can be compared.
  const made = realpathSync(mkdtempSync(join(tmpdir(), PREFIX)))
  for (let above = made; dirname(above) !== above; above = dirname(above)) {
    if (existsSync(join(above, ".git")))
      throw new Error(`the folder for temporary files lies in a git repository: ${above}`)
  }
  return made
}
