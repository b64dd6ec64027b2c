import type { ListRule } from "../../model/template.ts"
import type { FileRules } from "../rules/merge-rules.ts"
import { nameOf, scalarText } from "./identity-rules.ts"
import { keysOf } from "./key-path.ts"
import type { KeyPath, StructureAdapter } from "./model.ts"

/** The adapter with what the template says about lists, which wins over what is known of them anyway. */
export function withListRules(adapter: StructureAdapter, { listRule }: FileRules): StructureAdapter {
  // A list directly in a list has no key of its own.
  const ruleAt = (path: KeyPath): ListRule | undefined =>
    path.at(-1)?.startsWith("[") === true ? undefined : listRule(keysOf(path))
  return {
    ...adapter,
    identity: (path, item) => {
      const rule = ruleAt(path)
      if (rule === undefined) return adapter.identity(path, item)
      if (rule.key !== undefined) return nameOf(item.node, typeof rule.key === "string" ? [rule.key] : rule.key)
      return rule.kind === "set" ? (scalarText(item.node) ?? item.node.canon) : null
    },
    isAtomic: (path) => is("atomic", ruleAt(path), adapter.isAtomic(path)),
    isOrdered: (path) => is("ordered", ruleAt(path), adapter.isOrdered(path)),
    isSet: (path) => is("set", ruleAt(path), adapter.isSet(path)),
  }
}

function is(kind: ListRule["kind"], rule: ListRule | undefined, otherwise: boolean): boolean {
  return rule === undefined ? otherwise : rule.kind === kind
}
