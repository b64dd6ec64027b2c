import { sha256 } from "../hash.ts"
import { pairRenders, type RenderPair } from "../merge/tree/pair-renders.ts"
import type { LockedFile } from "../model/lock.ts"
import type { Rename, RenderedTree } from "../model/template.ts"

/** The files of two renderings beside each other, as an update pairs them: one that moved stays one file. */
export function pairTrees(
  before: RenderedTree,
  after: RenderedTree,
  renames: readonly Rename[],
): readonly RenderPair[] {
  const base = new Map(
    [...before].map(([path, { mode, policy, origin, bytes }]): [typeof path, LockedFile] => [
      path,
      { mode, policy, origin, bytes, sha256: sha256(bytes) },
    ]),
  )
  return pairRenders(base, after, renames, false)
}
