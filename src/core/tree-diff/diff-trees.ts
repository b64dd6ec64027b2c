import { decodeText } from "../decode-text.ts"
import { sameFile, sha256 } from "../hash.ts"
import { unifiedDiff } from "../merge/text/unified-diff.ts"
import { comparePaths, type RelPath } from "../model/path.ts"
import type { Rename, RenderedFile, RenderedTree } from "../model/template.ts"
import { pairTrees } from "./pair-trees.ts"

/** One file that two renderings have differently. */
export interface TreeChange {
  readonly path: RelPath
  /** Where it was before, when that is another place. */
  readonly from?: RelPath
  readonly status: "added" | "changed" | "deleted" | "renamed"
  /** Lines that come and go; both 0 where the content is no text. */
  readonly added: number
  readonly removed: number
  /** A unified diff; of a file that only moved, and of what is no text, the heading alone. */
  readonly text: string
}

/** What turns one rendering into another, file by file, in the order of their paths. */
export function diffTrees(
  before: RenderedTree,
  after: RenderedTree,
  renames: readonly Rename[] = [],
): readonly TreeChange[] {
  return pairTrees(before, after, renames)
    .flatMap(({ base, theirs }) => changeOf(base && before.get(base), theirs && after.get(theirs)) ?? [])
    .toSorted((a, b) => comparePaths(a.path, b.path))
}

function changeOf(old: RenderedFile | undefined, now: RenderedFile | undefined): TreeChange | undefined {
  const path = now?.path ?? old?.path
  if (path === undefined) return undefined
  const moved = old && now && old.path !== now.path ? { from: old.path } : {}
  const same = old && now && sameFile(identity(old), identity(now))
  if (same && moved.from === undefined) return undefined
  const status = old === undefined ? "added" : now === undefined ? "deleted" : moved.from ? "renamed" : "changed"
  const body = same ? "" : bodyOf(old, now)
  const lines = body.split("\n").filter((line) => !/^(?:---|\+\+\+) /.test(line))
  return {
    path,
    ...moved,
    status,
    added: lines.filter((line) => line.startsWith("+")).length,
    removed: lines.filter((line) => line.startsWith("-")).length,
    text: [...headOf(old, now), body].filter((part) => part !== "").join("\n"),
  }
}

const identity = ({ mode, bytes }: RenderedFile): { mode: RenderedFile["mode"]; sha256: string } => ({
  mode,
  sha256: sha256(bytes),
})

/** What git writes above a diff that is not about lines alone. */
function headOf(old: RenderedFile | undefined, now: RenderedFile | undefined): readonly string[] {
  if (!old || !now) return []
  const moved = old.path === now.path ? [] : [`rename from ${old.path}`, `rename to ${now.path}`]
  const mode = old.mode === now.mode ? [] : [`old mode ${old.mode}`, `new mode ${now.mode}`]
  return [...moved, ...mode]
}

function bodyOf(old: RenderedFile | undefined, now: RenderedFile | undefined): string {
  const [a, b] = [old, now].map((file) => decodeText(file?.bytes ?? new Uint8Array()))
  const [pathA, pathB] = [old ? `a/${old.path}` : "/dev/null", now ? `b/${now.path}` : "/dev/null"]
  if (a === undefined || b === undefined) return `Binary files ${pathA} and ${pathB} differ`
  const text = unifiedDiff(a, b, { pathA, pathB })
  return text === "" && (!old || !now) ? `--- ${pathA}\n+++ ${pathB}` : text.trimEnd()
}
