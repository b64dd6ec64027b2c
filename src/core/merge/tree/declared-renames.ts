import type { RelPath } from "../../model/path.ts"

/** A rename as the manifest declares it: a file, or with a `/` at the end of both a whole folder. */
export interface DeclaredRename {
  readonly from: string
  readonly to: string
  /** The release that it came with; neighbours in the list with the same one happened together. */
  readonly since?: string
}

/**
 * Where the declared renames take a file, release by release, since a project can be several behind. undefined where
 * that is no path of now, or the file's own.
 * @param renames in the order of their releases
 */
export function declaredTarget(
  path: RelPath,
  renames: readonly DeclaredRename[],
  exists: (path: RelPath) => boolean,
): RelPath | undefined {
  const places = releasesOf(renames).reduce<readonly string[]>(
    (before, release) => [...new Set(before.flatMap((place) => placesAfter(place, release)))],
    [path],
  )
  return places.find((place): place is RelPath => place !== path && exists(place as RelPath))
}

function releasesOf(renames: readonly DeclaredRename[]): readonly (readonly DeclaredRename[])[] {
  const releases: DeclaredRename[][] = []
  for (const rename of renames) {
    const last = releases.at(-1)
    if (last !== undefined && last[0]?.since === rename.since) last.push(rename)
    else releases.push([rename])
  }
  return releases
}

/** The paths that a file may have after a release: `a` to `b` and `b` to `c` are one way, or those of two files. */
function placesAfter(path: string, release: readonly DeclaredRename[]): readonly string[] {
  const way: string[] = []
  let left = release
  let at = path
  for (let rename = renameOf(at, left); rename !== undefined; rename = renameOf(at, left)) {
    at = rename.from === at ? rename.to : `${rename.to.replace(/\/*$/, "/")}${at.slice(rename.from.length)}`
    way.push(at)
    // Each rename happened once: `models/` to `models/core/` would go on for ever.
    const done = rename
    left = left.filter((other) => other !== done)
  }
  return way.length === 0 ? [path] : way
}

/** A file's own entry wins over its folder's, a deeper folder's over an outer one's. */
function renameOf(path: string, renames: readonly DeclaredRename[]): DeclaredRename | undefined {
  const file = renames.find((rename) => rename.from === path)
  if (file !== undefined) return file
  const folders = renames.filter((rename) => rename.from.endsWith("/") && path.startsWith(rename.from))
  return folders.toSorted((a, b) => b.from.length - a.from.length)[0]
}
