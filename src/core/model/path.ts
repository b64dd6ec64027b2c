/** A path inside a project or a template: relative, `/`-separated, normalised, never leaving its root and never inside `.git`. */
declare const relPath: unique symbol
export type RelPath = string & { readonly [relPath]: true }

/** Why a text is not a usable path. */
export type PathProblem =
  | "empty"
  | "absolute"
  | "leaves-root"
  | "inside-git"
  | "reserved-name"
  | "bad-character"
  | "not-normalised"

// https://learn.microsoft.com/windows/win32/fileio/naming-a-file: these names are devices, with any extension.
const WINDOWS_DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i
// Control characters, and those that turn the direction of text: a terminal or a review would show another name.
// oxlint-disable-next-line no-control-regex -- control characters are exactly what is refused
const BAD_CHARACTER = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069<>:"|?*\\]/
// HFS+ does not see these in names (CVE-2014-9390).
const UNSEEN = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g

/** What is wrong with `text` as a path inside a project; undefined when nothing is. */
export function pathProblem(text: string): PathProblem | undefined {
  if (text === "") return "empty"
  if (text.startsWith("/") || /^[a-zA-Z]:/.test(text)) return "absolute"
  if (BAD_CHARACTER.test(text)) return "bad-character"
  for (const segment of text.split("/")) {
    if (segment === "..") return "leaves-root"
    if (segment === "" || segment === ".") return "not-normalised"
    // Case-insensitive file systems, and the short name git~1 of NTFS, reach .git too (CVE-2014-9390).
    if (/^(\.git|git~1)[. ]*$/i.test(segment.replace(UNSEEN, ""))) return "inside-git"
    if (WINDOWS_DEVICE.test(segment)) return "reserved-name"
    if (/[. ]$/.test(segment)) return "bad-character"
    // The limit of every common file system, in bytes.
    if (Buffer.byteLength(segment) > 255) return "bad-character"
  }
  return undefined
}

/** `text` as a RelPath. Throws a RangeError when pathProblem finds something; check first where the text is somebody's input. */
export function relPathOf(text: string): RelPath {
  const problem = pathProblem(text)
  if (problem !== undefined) throw new RangeError(`${JSON.stringify(text)} is not a path inside a project: ${problem}`)
  return text as RelPath
}

/** `prefix/path`; an empty prefix gives the path itself. */
export function joinRelPath(prefix: string, path: RelPath): RelPath {
  return prefix === "" ? path : relPathOf(`${prefix}/${path}`)
}

/** Code unit order: the same on every machine, unlike localeCompare. */
export function comparePaths(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
