import { fingerprint, sameFile } from "../hash.ts"
import { writeTo } from "../merge/tree/disk-writes.ts"
import type { MergeRules } from "../merge/rules/merge-rules.ts"
import type { FileChange } from "../model/change.ts"
import { type Diagnostic, MeshwrightError } from "../model/diagnostic.ts"
import { comparePaths, type RelPath } from "../model/path.ts"
import type { FileEntry, Tree } from "../model/tree.ts"
import { fileExists } from "./plan-changed.ts"
import { unite, type United } from "./unite.ts"

/** A file, or what is added to one. */
export interface Addition {
  readonly path: RelPath
  readonly file: FileEntry
  /** Key of the list that its entries belong to. */
  readonly list?: string
}

/**
 * The changes that bring additions into a project. What is there already is no change, so that adding works again.
 * @param ours the project's files at the paths of the additions
 * Throws a MeshwrightError of kind `person-needed` that names every file which is there and says something else.
 */
export function planAdded(additions: readonly Addition[], ours: Tree, rules: MergeRules): readonly FileChange[] {
  const refused: Diagnostic[] = []
  const changes = additions.flatMap((addition): FileChange[] => {
    const change = planOne(addition, ours, rules)
    if ("action" in change) return [change]
    refused.push(fileExists(addition.path, change.why))
    return []
  })
  if (refused.length > 0) throw new MeshwrightError(refused, "person-needed")
  return changes.toSorted((a, b) => comparePaths(a.path, b.path))
}

function planOne(
  { path, file, list }: Addition,
  ours: Tree,
  rules: MergeRules,
): FileChange | Extract<United, { kind: "conflict" }> {
  const present = ours.get(path)
  const status = "clean" as const
  if (!present) return { path, action: "create", status, reason: "generated", writes: writeTo(ours, path, file) }
  if (sameFile(fingerprint(present), fingerprint(file)))
    return { path, action: "none", status, reason: "already-there", writes: [] }
  const result = unite(path, present, file, rules, list)
  if (result.kind === "conflict") return result
  if (result.kind === "same") return { path, action: "none", status, reason: "already-there", writes: [] }
  return { path, action: "merge", status, reason: "added-to", writes: writeTo(ours, path, result.file) }
}
