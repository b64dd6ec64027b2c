import { mergeStructure } from "../structure/merge-structure.ts"
import type { MergeFormat } from "./merge-format.ts"
import { yamlAdapter } from "./yaml/yaml-adapter.ts"

export const yamlFormat: MergeFormat = {
  name: "yaml",
  matches: (path) => /\.ya?ml$/i.test(path),
  merge: (texts) => mergeStructure(yamlAdapter, texts),
}
