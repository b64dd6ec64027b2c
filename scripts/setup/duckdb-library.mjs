import { mkdirSync } from "node:fs"
import { quietly } from "./command.mjs"
import { installedPackages } from "./node-modules.mjs"
import { duckdbFolder, duckdbPackage } from "./places.mjs"

const { name, version } = duckdbPackage

/** DuckDB's library for dbt v2, which would otherwise download it when it first builds. */
export const duckdbLibrary = {
  title: "DuckDB library for dbt v2",
  ready: () => installedPackages(duckdbFolder)[`node_modules/${name}`]?.version === version,
  make: async () => {
    mkdirSync(duckdbFolder, { recursive: true })
    await quietly("npm", [
      "install",
      "--prefix",
      duckdbFolder,
      "--save-exact",
      "--no-audit",
      "--no-fund",
      `${name}@${version}`,
    ])
  },
}
