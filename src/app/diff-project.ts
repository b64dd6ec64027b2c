import { hideInDiff } from "../core/explain/hide-in-diff.ts"
import type { Secrets } from "../core/explain/show-part.ts"
import { fingerprint, sameFile } from "../core/hash.ts"
import { decodeText } from "../core/decode-text.ts"
import { unifiedDiff } from "../core/merge/text/unified-diff.ts"
import type { FileChange } from "../core/model/change.ts"
import type { RelPath } from "../core/model/path.ts"
import type { FileEntry, Tree } from "../core/model/tree.ts"
import { loadProject, readTree } from "./load-project.ts"
import type { FileSystem } from "./ports/file-system.ts"

export interface FileDiff {
  readonly path: RelPath
  readonly status: "added" | "changed" | "deleted"
  /** A unified diff; empty where the content is not text, or the earlier content is not on record. */
  readonly text: string
}

/** What the team changed since the template rendered the project: managed files only, compared with the lock. */
export function diffSinceTemplate(fs: FileSystem, root: string): FileDiff[] {
  const { lock } = loadProject(fs, root).lock
  const ours = readTree(fs, root, lock.files.keys())
  return [...lock.files].flatMap(([path, base]): FileDiff[] => {
    const file = ours.get(path)
    if (!file) return [{ path, status: "deleted", text: base.bytes ? diffText(path, base.bytes, undefined) : "" }]
    if (sameFile(base, fingerprint(file))) return []
    return [{ path, status: "changed", text: base.bytes ? diffText(path, base.bytes, file) : "" }]
  })
}

/** What a plan changes, file by file. `before` is the project that it was made for. */
export function diffOfChanges(before: Tree, changes: readonly FileChange[], secrets: Secrets): FileDiff[] {
  const writes = changes.flatMap((change) => change.writes)
  return writes.map(({ path, before: expected, after }) => ({
    path,
    status: expected === null ? "added" : after === null ? "deleted" : "changed",
    text: hideInDiff(diffText(path, before.get(path)?.bytes, after ?? undefined), secrets),
  }))
}

function diffText(path: RelPath, before: Uint8Array | undefined, after: FileEntry | undefined): string {
  const old = decodeText(before ?? new Uint8Array())
  const now = decodeText(after?.bytes ?? new Uint8Array())
  if (old === undefined || now === undefined) return ""
  return unifiedDiff(old, now, {
    pathA: before ? `a/${path}` : "/dev/null",
    pathB: after ? `b/${path}` : "/dev/null",
  })
}
