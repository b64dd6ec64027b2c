import { fingerprint } from "../hash.ts"
import { countLines, likeness, type LineCounts } from "../merge/text/similarity.ts"
import { readTextFile } from "../merge/text/text-file.ts"
import type { LockedFile } from "../model/lock.ts"
import type { RelPath } from "../model/path.ts"
import type { RenderedFile, RenderedTree } from "../model/template.ts"
import type { FileEntry, Tree } from "../model/tree.ts"

// Share of common lines from which a text is taken for an earlier version of another.
const RECOGNISED = 0.4

interface Pair {
  readonly before: FileEntry
  readonly theirs: RenderedFile
}

/**
 * What another tool rendered once, as the base of the files that the template still has at the same paths. Where the two
 * templates are versions of one, by what these files have in common, that is all of them; of another template only files
 * that are recognisably the same: merging with one that merely has the same name would replace what the team has. Files
 * that the template has no more are left out, and so stay.
 */
export function foreignBase(rendering: Tree, rendered: RenderedTree): ReadonlyMap<RelPath, LockedFile> {
  const pairs = [...rendered].flatMap(([path, theirs]): (readonly [RelPath, Pair])[] => {
    const before = rendering.get(path)
    return before === undefined || theirs.policy === "once" ? [] : [[path, { before, theirs }]]
  })
  const isSameTemplate = isRecognised(pairs.map(([, pair]) => pair))
  return new Map(
    pairs
      .filter(([, pair]) => isSameTemplate || isRecognised([pair]))
      .map(([path, { before, theirs }]) => [path, lockedFile(before, theirs)]),
  )
}

function lockedFile(before: FileEntry, { policy, origin }: RenderedFile): LockedFile {
  const { mode, sha256 } = fingerprint(before)
  const hasLines = mode !== "link" && !before.bytes.includes(0)
  return { mode, sha256, policy, origin, ...(hasLines ? { bytes: before.bytes } : {}) }
}

/** Whether texts are, together, alike enough; those that are no text count as one line. */
function isRecognised(pairs: readonly Pair[]): boolean {
  const counted = pairs.map(({ before, theirs }) => [linesIn(before.bytes), linesIn(theirs.bytes)] as const)
  const common = counted.map(([old, now]) => (likeness(old, now).share * (old.weight + now.weight)) / 2)
  const weight = counted.map(([old, now]) => (old.weight + now.weight) / 2)
  const sum = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0)
  return pairs.length > 0 && sum(common) >= RECOGNISED * sum(weight)
}

function linesIn(bytes: Uint8Array): LineCounts {
  return countLines(readTextFile(bytes)?.lines ?? [Buffer.from(bytes).toString("latin1")])
}
