import { mergeStructure, readsStructure } from "../structure/merge-structure.ts"
import { withListRules } from "../structure/list-rules.ts"
import { partsOfTree } from "../structure/parts-of-tree.ts"
import { takePlacesOfTree } from "../structure/take-places.ts"
import { sameMeaning } from "../structure/same-meaning.ts"
import { withoutMembers } from "../structure/without-members.ts"
import type { MergeFormat } from "./merge-format.ts"
import { yamlAdapter } from "./yaml/yaml-adapter.ts"

export const yamlFormat: MergeFormat = {
  name: "yaml",
  // .prettierrc may be JSON, which YAML reads too.
  matches: (path) => /\.ya?ml$|(?:^|\/)\.(?:yamllint|yamlfmt|prettierrc|clang-format)$/i.test(path),
  merge: (texts) => mergeStructure(yamlAdapter(), texts),
  partsOf: (text, _path, rules) => partsOfTree(withListRules(yamlAdapter(), rules), text),
  without: (text, _path, rules, keys) => withoutMembers(yamlAdapter, text, rules, keys),
  takePlaces: (texts, places) => takePlacesOfTree(yamlAdapter(), texts, places),
  sameMeaning: (_path, a, b) => sameMeaning(yamlAdapter(), a, b),
  reads: (text, texts) => readsStructure(yamlAdapter(), text, texts),
}
