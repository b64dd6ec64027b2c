import { fingerprint, sameFile } from "../../hash.ts"
import type { FileChange } from "../../model/change.ts"
import { mergeFile } from "../merge-file.ts"
import { changeOfMerge } from "./change-of-merge.ts"
import { followDeletion, isUntouched } from "./decide-merge.ts"
import { stayingAt, type RenderedBefore } from "./managed-file.ts"
import type { MergeTreeInput } from "./merge-tree-input.ts"

/**
 * Policy `once`: the team's from its creation on. Only other answers reach a file that nobody has touched, neither
 * the team nor a newer template: a project that was renamed on its first day is not left with starter files of the old name.
 */
export function decideOnce(file: RenderedBefore, input: MergeTreeInput): FileChange {
  const { base, ours, theirs, home, move } = file
  if (ours === undefined) {
    const from = home === base.path ? {} : { from: base.path }
    return { path: home, ...from, action: "none", status: "clean", reason: "deleted-by-team", writes: [] }
  }
  const byAnswers = input.answersChanged && input.sources.get(base.file.origin) === base.file.source
  if (byAnswers && move !== "renamed-by-team" && isUntouched(base.file, ours)) {
    if (theirs === undefined) return followDeletion(file, ours, input)
    const merge = mergeFile({ ...input, path: home, base: base.file, ours: ours.file, theirs: theirs.file })
    return changeOfMerge(file, merge, input)
  }
  const rendered = theirs?.path === ours.path ? fingerprint(theirs.file) : undefined
  if (rendered !== undefined && sameFile(rendered, fingerprint(ours.file))) {
    return { ...stayingAt(file), action: "none", status: "clean", reason: "unchanged", writes: [] }
  }
  const left = rendered === undefined || !sameFile(rendered, base.file)
  return { ...stayingAt(file), action: "keep", status: left ? "skipped" : "clean", reason: "owned-by-team", writes: [] }
}
