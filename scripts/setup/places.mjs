// Where set-up puts the tools that tests, demo and benchmark run. All of it is below .cache/, which git ignores.
import { join } from "node:path"
import { fileURLToPath } from "node:url"

export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "")
export const cache = join(root, ".cache")

/** The built program. */
export const meshwright = join(root, "bin", "meshwright.js")

/** A virtual environment, by the name of its requirements file. */
export const venv = (name) => join(cache, name)

/** A program of a virtual environment. */
export const program = (name, command) => join(venv(name), "bin", command)

export const duckdbFolder = join(cache, "duckdb")

/** The npm package whose libduckdb.so dbt v2 loads: the version that its driver asks for. */
export const duckdbPackage = { name: `@duckdb/node-bindings-linux-${process.arch}`, version: "1.5.4-r.1" }

/** What is prepended to LD_LIBRARY_PATH for dbt v2. */
export const duckdbLibraryFolder = join(duckdbFolder, "node_modules", duckdbPackage.name)
