import { fingerprint } from "../hash.ts"
import { movableFile } from "../merge/tree/movable-file.ts"
import { likeness } from "../merge/text/similarity.ts"
import type { LockedFile } from "../model/lock.ts"
import type { RelPath } from "../model/path.ts"
import type { RenderedFile, RenderedTree } from "../model/template.ts"
import type { FileEntry, Tree } from "../model/tree.ts"

// Share of common lines from which a file is taken for an earlier version of the other.
const RECOGNISED = 0.5

/**
 * What another tool rendered once, as the base of files that the template still has: those at the same path that are
 * recognisably the same file. A file that merely has the same name in another template is no base: merging with it would
 * replace what the team has. Files that the template has no more are left out, and so stay.
 */
export function foreignBase(before: Tree, rendered: RenderedTree): ReadonlyMap<RelPath, LockedFile> {
  const files = [...rendered].flatMap(([path, theirs]): (readonly [RelPath, LockedFile])[] => {
    const file = before.get(path)
    if (file === undefined || theirs.policy === "once" || !isSameFile(path, file, theirs)) return []
    const { mode, sha256 } = fingerprint(file)
    const hasLines = mode !== "link" && !file.bytes.includes(0)
    const { policy, origin } = theirs
    return [[path, { mode, sha256, policy, origin, ...(hasLines ? { bytes: file.bytes } : {}) }]]
  })
  return new Map(files)
}

function isSameFile(path: RelPath, before: FileEntry, theirs: RenderedFile): boolean {
  const [old, now] = [before, theirs].map(({ bytes }) => movableFile(path, bytes))
  if (old === undefined || now === undefined || old.sha256 === now.sha256) return old?.sha256 === now?.sha256
  return old.lines !== undefined && now.lines !== undefined && likeness(old.lines, now.lines).share >= RECOGNISED
}
