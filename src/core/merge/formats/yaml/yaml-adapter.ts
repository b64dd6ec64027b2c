import { dbtConfigKey } from "../../structure/dbt-config-key.ts"
import { identityOf, isAtomicList, isOrderedList, isSetList } from "../../structure/identity-rules.ts"
import type { StructureAdapter } from "../../structure/model.ts"
import { adaptYaml, blockItem, flowItem } from "./adapt-yaml.ts"
import { blockCanon } from "./build-scalar.ts"
import { isComment } from "./comment.ts"
import { yamlReader } from "./parse-yaml.ts"
import { isBareString } from "./scalar-canon.ts"
import { keepsReferences } from "./references.ts"

/** The adapter for one merge. */
export function yamlAdapter(): StructureAdapter {
  return { ...FORMAT, parse: yamlReader() }
}

const FORMAT: Omit<StructureAdapter, "parse"> = {
  name: "yaml",
  isComment,
  identity: identityOf,
  keyName: dbtConfigKey,
  isAtomic: isAtomicList,
  isOrdered: isOrderedList,
  isSet: isSetList,
  adapt: adaptYaml,
  blockCanon,
  isBareString,
  emptyText: (kind) => (kind === "map" ? "{}" : "[]"),
  asDelimItem: flowItem,
  asLineItem: (from, item, _into, column) => blockItem(from, item, column),
  keepsReferences,
}
