import type { RelPath } from "../../model/path.ts"
import { hclFormat } from "./hcl/hcl.ts"
import { iniFormat } from "./ini/ini.ts"
import { codeownersFormat } from "./lines/codeowners.ts"
import { jsonFormat } from "./json.ts"
import { attributesFormat } from "./lines/attributes.ts"
import { envFormat, toolVersionsFormat } from "./lines/named-lines.ts"
import { makefileFormat } from "./makefile/makefile.ts"
import { ignoreFormat } from "./lines/ignore.ts"
import { requirementsFormat } from "./lines/requirements.ts"
import type { MergeFormat } from "./merge-format.ts"
import { yamlFormat } from "./yaml.ts"
import { markdownFormat } from "./markdown/markdown.ts"
import { sqlFormat } from "./sql/sql.ts"
import { textFormat } from "./text.ts"
import { tomlFormat } from "./toml/toml.ts"

/** The formats; the first that matches a path merges it. Text matches everything, so it is the last. */
const FORMATS: readonly MergeFormat[] = [
  yamlFormat,
  jsonFormat,
  codeownersFormat,
  ignoreFormat,
  attributesFormat,
  requirementsFormat,
  envFormat,
  toolVersionsFormat,
  hclFormat,
  tomlFormat,
  iniFormat,
  markdownFormat,
  sqlFormat,
  makefileFormat,
  textFormat,
]

/** Whether two texts of the file at `path` differ in their layout at most, where its format can tell for certain. */
export function sameMeaning(path: RelPath, a: string, b: string): boolean {
  return formatOf(path).sameMeaning?.(path, a, b) ?? false
}

/** Whether the file at `path` is of a format whose keys or entries can be told apart. */
export function isStructured(path: RelPath): boolean {
  return formatOf(path).without !== undefined
}

/** The format that merges the file at `path`. */
export function formatOf(path: RelPath): MergeFormat {
  return FORMATS.find((format) => format.matches(path)) ?? textFormat
}
