import { readdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { quietly } from "./command.mjs"
import { root } from "./places.mjs"

const SOURCES = ["src", "generators", "schemas", "scripts/build.mjs", "package.json", "package-lock.json"]
/** Written last by the build. */
const RESULT = "dist/THIRD_PARTY_LICENSES.txt"

/** The program, built from its sources. */
export const built = {
  title: "build of meshwright",
  ready: () => SOURCES.every((source) => newest(join(root, source)) < changed(join(root, RESULT))),
  make: () => quietly(process.execPath, ["scripts/build.mjs"], { cwd: root }),
}

/** Time of the newest change; folders count because they change when a file in them is deleted. */
function newest(path) {
  const children = statSync(path).isDirectory() ? readdirSync(path) : []
  return Math.max(changed(path), ...children.map((name) => newest(join(path, name))))
}

/** Never, for what is not there. */
function changed(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity
}
