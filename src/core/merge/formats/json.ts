import { jsonAdapter } from "./json/json-adapter.ts"
import { mergeStructure, readsStructure } from "../structure/merge-structure.ts"
import { withListRules } from "../structure/list-rules.ts"
import { partsOfTree } from "../structure/parts-of-tree.ts"
import { takePlacesOfTree } from "../structure/take-places.ts"
import { sameMeaning } from "../structure/same-meaning.ts"
import { withoutMembers } from "../structure/without-members.ts"
import type { MergeFormat } from "./merge-format.ts"

/** JSON, with comments and trailing commas as editors and tools allow them. */
export const jsonFormat: MergeFormat = {
  name: "json",
  matches: (path) =>
    /\.(?:json|jsonc|code-workspace)$|(?:^|\/)\.(?:babelrc|eslintrc|markdownlintrc|stylelintrc)$/i.test(path),
  merge: (texts) => mergeStructure(jsonAdapter, texts),
  partsOf: (text, _path, rules) => partsOfTree(withListRules(jsonAdapter, rules), text),
  without: (text, _path, rules, keys) => withoutMembers(() => jsonAdapter, text, rules, keys),
  takePlaces: (texts, places) => takePlacesOfTree(jsonAdapter, texts, places),
  sameMeaning: (_path, a, b) => sameMeaning(jsonAdapter, a, b),
  reads: (text, texts) => readsStructure(jsonAdapter, text, texts),
}
