import type { RelPath } from "../../model/path.ts"

/** A rename as the manifest declares it: a file, or with a `/` at the end of both a whole folder. */
export interface DeclaredRename {
  readonly from: string
  readonly to: string
}

/**
 * Where the declared renames take a file: the first path on its way that exists now, since a project can be several
 * renames behind. undefined when none does.
 */
export function declaredTarget(
  path: RelPath,
  renames: readonly DeclaredRename[],
  exists: (path: RelPath) => boolean,
): RelPath | undefined {
  let left = renames
  let at: string = path
  for (;;) {
    const rename = renameOf(at, left)
    if (rename === undefined) return undefined
    at = rename.from === at ? rename.to : `${rename.to.replace(/\/*$/, "/")}${at.slice(rename.from.length)}`
    if (exists(at as RelPath)) return at as RelPath
    // Each rename happened once: `models/` to `models/core/` would go on for ever.
    left = left.filter((other) => other !== rename)
  }
}

/** A file's own entry wins over its folder's, a deeper folder's over an outer one's. */
function renameOf(path: string, renames: readonly DeclaredRename[]): DeclaredRename | undefined {
  const file = renames.find((rename) => rename.from === path)
  if (file !== undefined) return file
  const folders = renames.filter((rename) => rename.from.endsWith("/") && path.startsWith(rename.from))
  return folders.toSorted((a, b) => b.from.length - a.from.length)[0]
}
