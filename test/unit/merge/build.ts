import { fingerprint } from "../../../src/core/hash.ts"
import { mergeFile } from "../../../src/core/merge/merge-file.ts"
import type { ConflictStyle } from "../../../src/core/merge/merge-input.ts"
import { mergeTree } from "../../../src/core/merge/merge-tree.ts"
import type { MergeRules } from "../../../src/core/merge/rules/merge-rules.ts"
import type { MergeTreeInput } from "../../../src/core/merge/tree/merge-tree-input.ts"
import type { FileChange } from "../../../src/core/model/change.ts"
import type { LockedFile } from "../../../src/core/model/lock.ts"
import { relPathOf, type RelPath } from "../../../src/core/model/path.ts"
import type { FilePolicy, RenderedFile } from "../../../src/core/model/template.ts"
import type { FileEntry, FileMode } from "../../../src/core/model/tree.ts"

const labels = { ours: "team", base: "1.3.0", theirs: "1.4.0" }

export function bytesOf(text: string | Uint8Array): Uint8Array {
  return typeof text === "string" ? new TextEncoder().encode(text) : text
}

export function textFrom(bytes: Uint8Array | undefined): string | undefined {
  return bytes && new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)
}

export function entry(text: string | Uint8Array, mode: FileMode = "644"): FileEntry {
  return { mode, bytes: bytesOf(text) }
}

/** Merges three texts as the file `path`; base null: there was none. */
export function merge(
  base: string | Uint8Array | FileEntry | null,
  ours: string | Uint8Array | FileEntry,
  theirs: string | Uint8Array | FileEntry,
  conflictStyle: ConflictStyle = "inline",
  path = "macros/x.sql",
  rules?: MergeRules,
) {
  const file = (side: string | Uint8Array | FileEntry) =>
    typeof side === "string" || side instanceof Uint8Array ? entry(side) : side
  const result = mergeFile({
    path: relPathOf(path),
    base: base === null ? null : { ...fingerprint(file(base)), bytes: file(base).bytes },
    ours: file(ours),
    theirs: file(theirs),
    labels,
    conflictStyle,
    ...(rules && { rules }),
  })
  return { ...result, text: textFrom(result.file.bytes)! }
}

export interface Spec {
  readonly text: string | Uint8Array
  readonly mode?: FileMode
  readonly policy?: FilePolicy
  readonly origin?: string
  /** The lock has no bytes of it. */
  readonly hashOnly?: boolean
}

export type Files = Readonly<Record<string, string | Uint8Array | Spec>>

export function specOf(file: string | Uint8Array | Spec): Spec {
  return typeof file === "string" || file instanceof Uint8Array ? { text: file } : file
}

/** Runs mergeTree on three small trees; files of ours that the template does not know are candidates. */
export function update(base: Files, ours: Files, theirs: Files, more: Partial<MergeTreeInput> = {}) {
  const each = <T>(files: Files, make: (path: RelPath, spec: Spec, file: FileEntry) => T): Map<RelPath, T> =>
    new Map(
      Object.entries(files).map(([path, file]) => {
        const spec = specOf(file)
        return [relPathOf(path), make(relPathOf(path), spec, entry(spec.text, spec.mode))]
      }),
    )
  const ourTree = each(ours, (_, __, file) => file)
  const input: MergeTreeInput = {
    base: each(base, (path, spec, file): LockedFile => {
      const locked = { ...fingerprint(file), policy: spec.policy ?? "merge", origin: spec.origin ?? path }
      return spec.hashOnly === true ? locked : { ...locked, bytes: file.bytes }
    }),
    ours: ourTree,
    theirs: each(theirs, (path, spec, file): RenderedFile => ({
      ...file,
      path,
      origin: spec.origin ?? path,
      policy: spec.policy ?? "merge",
    })),
    renames: [],
    candidates: [...ourTree.keys()].filter((path) => !(path in base) && !(path in theirs)),
    keep: () => false,
    answersChanged: false,
    sources: new Map(),
    labels,
    conflictStyle: "inline",
    ...more,
  }
  const changes = mergeTree(input)
  return { changes, after: applied(ourTree, changes), lines: changes.map(inWords) }
}

/** `path action reason status`, and where it was before: what a row of a test compares. */
function inWords({ path, from, action, reason, status }: FileChange): string {
  return `${from === undefined ? "" : `${from} > `}${path}: ${action} ${reason} ${status}`
}

/** The project after the changes, as text by path. Throws where a step expects something else than what is there. */
function applied(ours: ReadonlyMap<RelPath, FileEntry>, changes: readonly FileChange[]): Record<string, string> {
  const files = new Map(ours)
  for (const { path, before, after } of changes.flatMap(({ writes }) => writes)) {
    const present = ours.get(path)
    const expected = present === undefined ? null : fingerprint(present)
    if (JSON.stringify(expected) !== JSON.stringify(before)) throw new Error(`${path}: stale step`)
    if (after !== null && before !== null && JSON.stringify(fingerprint(after)) === JSON.stringify(before)) {
      throw new Error(`${path}: a step that changes nothing`)
    }
    if (after === null) files.delete(path)
    else files.set(path, after)
  }
  const paths = changes.flatMap(({ writes }) => writes.map(({ path }) => path))
  if (new Set(paths).size !== paths.length) throw new Error(`two steps for one path: ${paths.join(" ")}`)
  const sorted = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const text = ({ mode, bytes }: FileEntry) => `${mode === "644" ? "" : `(${mode}) `}${textFrom(bytes)}`
  return Object.fromEntries(sorted.map(([path, file]) => [path, text(file)]))
}
