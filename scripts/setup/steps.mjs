// Everything that can be set up, by name.
import { built } from "./built.mjs"
import { duckdbLibrary } from "./duckdb-library.mjs"
import { nodeModules } from "./node-modules.mjs"
import { python } from "./python.mjs"

export const steps = {
  nodeModules,
  built,
  dbt1: python("dbt1", "dbt v1 with DuckDB (Python packages; a minute the first time)"),
  dbt2: python("dbt2", "dbt v2 (Python package)"),
  duckdbLibrary,
  copier: python("copier", "copier (Python packages)"),
  cruft: python("cruft", "cruft (Python packages)"),
}
