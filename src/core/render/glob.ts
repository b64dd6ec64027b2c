import picomatch from "picomatch"

/** A test for paths: `*` within a segment, `**` across segments, `{a,b}`, dotfiles included. */
export function globMatcher(glob: string): (path: string) => boolean {
  return picomatch(glob, { dot: true })
}
