import { outlineFormat } from "../../outline/outline-format.ts"
import type { MergeFormat } from "../merge-format.ts"
import { joinSteps, showStep } from "../../structure/key-path.ts"
import { parseToml } from "./parse-toml.ts"
import { readKey } from "./toml-values.ts"

/** TOML 1.0: pyproject.toml and others. */
export const tomlFormat: MergeFormat = outlineFormat({
  name: "toml",
  matches: (path) => /\.toml$|(?:^|\/)(?:Pipfile|poetry\.lock)$/.test(path),
  parse: (text, _path, rules) => parseToml(text, rules),
  nameOf: ({ id, alias, before }) => {
    // Keys and heads of tables are written as dotted keys; an element of an array is told by what names it.
    const { parts } = readKey(before, /[^\s[]/.exec(before)!.index)
    return joinSteps(parts.map(showStep)) + (id.includes("[[") && alias !== undefined ? `[${alias}]` : "")
  },
})
