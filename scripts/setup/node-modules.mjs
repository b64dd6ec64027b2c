import { readFileSync } from "node:fs"
import { join } from "node:path"
import { failure, outputOf, quietly } from "./command.mjs"
import { root } from "./places.mjs"

/** The npm packages of package-lock.json. */
export const nodeModules = { title: "npm packages", ready, make }

/** Compares what is installed with what is asked for; dates say little after a checkout. */
function ready() {
  const wanted = packagesOf(join(root, "package-lock.json"))
  const installed = installedPackages(root)
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    // The root itself is not installed, and of optional packages those for other platforms are not.
    if (path === "" || (optional && !installed[path])) return true
    return installed[path]?.version === version
  })
}

async function make() {
  // Said in full because NODE_ENV=production would leave the tools out, and `npm run --silent` the reason of a failure.
  const flags = ["--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"]
  const { status, output } = await outputOf("npm", ["ci", ...flags], { cwd: root })
  if (status === 0) return
  // npm 11 also calls a lock file out of step when it only lacks packages of other platforms, as it does where the registry
  // it was written with had none. This takes the same versions, and leaves the lock file alone.
  if (/EUSAGE/.test(output)) await quietly("npm", ["install", "--no-save", ...flags], { cwd: root })
  else throw failure("npm ci", status, output)
}

/** Packages below a folder's node_modules, as npm noted them when it was done: an interrupted installation has no note. */
export function installedPackages(folder) {
  return packagesOf(join(folder, "node_modules", ".package-lock.json"))
}

function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, "utf8")).packages
  } catch {
    return {}
  }
}
