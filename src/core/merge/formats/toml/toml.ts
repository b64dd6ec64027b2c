import { outlineFormat } from "../../outline/outline-format.ts"
import type { MergeFormat } from "../merge-format.ts"
import { parseToml } from "./parse-toml.ts"

/** TOML 1.0: pyproject.toml and others. */
export const tomlFormat: MergeFormat = outlineFormat({
  name: "toml",
  matches: (path) => /\.toml$|(?:^|\/)(?:Pipfile|poetry\.lock)$/.test(path),
  parse: (text, _path, rules) => parseToml(text, rules),
})
