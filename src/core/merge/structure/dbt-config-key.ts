import type { Item, KeyPath } from "./model.ts"

// The keys of dbt_project.yml under which folders hold configs: https://docs.getdbt.com/reference/resource-configs/plus-prefix
const RESOURCES = new Set(
  "models seeds snapshots sources tests data_tests unit_tests exposures functions metrics semantic-models saved-queries".split(
    " ",
  ),
)

/**
 * The name of a key in a map: to dbt, `+materialized: view` and `materialized: view` set the same config of a folder, and
 * both in one place are two answers to one question. A map may be a folder, which never has the plus.
 */
export function dbtConfigKey(path: KeyPath, { key, node }: Item): string | null {
  if (key === null || node.kind === "map" || key.startsWith("+")) return key
  const isFolder = RESOURCES.has(path[0] ?? "") && !path.some((step) => step.includes("=") || step.startsWith("#"))
  return isFolder ? `+${key}` : key
}
