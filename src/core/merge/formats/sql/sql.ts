import { outlineFormat } from "../../outline/outline-format.ts"
import type { MergeFormat } from "../merge-format.ts"
import { parseSql } from "./parse-sql.ts"

/** SQL of dbt: lines are merged, and where they clash, macros that only one side has are told apart by their names. */
export const sqlFormat: MergeFormat = outlineFormat({
  name: "sql",
  matches: (path) => /\.sql$/i.test(path),
  ordered: true,
  linesFirst: true,
  parse: parseSql,
})
