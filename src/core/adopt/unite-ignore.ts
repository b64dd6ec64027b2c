import { globMatcher } from "../render/glob.ts"

/** A pattern of the template that would ignore what the team has on purpose. */
export interface LeftOut {
  readonly pattern: string
  /** A file that git has, or an exception (`!…`) of the team's. */
  readonly because: string
}

/** Comment lines, and the patterns below them up to the next comment or blank line. */
interface Group {
  readonly comments: readonly string[]
  readonly patterns: readonly string[]
  readonly startsParagraph: boolean
}

/**
 * The team's list of ignored paths with the template's patterns that it lacks, as one block: at the end, or above the
 * team's first exception, so that this still wins. What is there stays byte for byte.
 * @param tracked files that git has, by path from the folder of the list
 */
export function uniteIgnore(
  ours: string,
  theirs: string,
  tracked: readonly string[],
): { readonly text: string; readonly leftOut: readonly LeftOut[] } {
  const end = ours.includes("\r\n") ? "\r\n" : "\n"
  const lines = ours.split(/(?<=\n)/)
  const patterns = lines.filter(isPattern).map((line) => line.trim())
  const known = new Set(patterns.map(bare))
  const exceptions = patterns.filter((each) => each.startsWith("!")).map((each) => each.slice(1).replace(/^\//, ""))
  const leftOut: LeftOut[] = []
  const isMissing = (pattern: string): boolean => {
    if (known.has(bare(pattern))) return false
    known.add(bare(pattern))
    if (pattern.startsWith("!")) return true
    const matches = ignoreMatcher(pattern)
    const because = tracked.find(matches) ?? exceptions.find(matches)
    if (because !== undefined) leftOut.push({ pattern, because })
    return because === undefined
  }
  const missing = groupsOf(theirs)
    .map((group) => ({ ...group, patterns: group.patterns.filter(isMissing) }))
    .filter((group) => group.patterns.length > 0)
  if (missing.length === 0) return { text: ours, leftOut }
  const block = missing.flatMap(({ comments, patterns: added, startsParagraph }, index) => [
    ...(startsParagraph && index > 0 ? [""] : []),
    ...comments,
    ...added,
  ])
  const at = startOfParagraph(
    lines,
    lines.findIndex((line) => line.startsWith("!")),
  )
  const [above, below] = [lines.slice(0, at).join(""), lines.slice(at).join("")]
  const text = [
    above === "" || above.endsWith("\n") ? above : `${above}${end}`,
    above === "" || /(^|\n)\s*$/.test(above.replace(/\r?\n$/, "")) ? "" : end,
    ...block.map((line) => `${line}${end}`),
    below === "" ? "" : `${end}${below}`,
  ].join("")
  return { text, leftOut }
}

/** Where the paragraph of a line starts; the end of all lines where there is no such line. */
function startOfParagraph(lines: readonly string[], line: number): number {
  if (line < 0) return lines.length
  return lines.slice(0, line).findLastIndex((each) => each.trim() === "") + 1
}

function groupsOf(text: string): readonly Group[] {
  const groups: { comments: string[]; patterns: string[]; startsParagraph: boolean }[] = []
  let startsParagraph = true
  let open: (typeof groups)[number] | undefined
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === "") [open, startsParagraph] = [undefined, true]
    else {
      const isComment = !isPattern(line)
      if (open === undefined || (isComment && open.patterns.length > 0)) {
        open = { comments: [], patterns: [], startsParagraph }
        groups.push(open)
        startsParagraph = false
      }
      if (isComment) open.comments.push(line)
      else open.patterns.push(line.trimEnd())
    }
  }
  return groups
}

function isPattern(line: string): boolean {
  return line.trim() !== "" && !line.startsWith("#")
}

/** What a pattern is about, however it is written: `x`, `/x`, `x/`, `x/*` and `!x` are about the same. */
function bare(pattern: string): string {
  return pattern
    .trim()
    .replace(/^!/, "")
    .replace(/^(\*\*)?\//, "")
    .replace(/(\/\*{0,2})$/, "")
}

/** Whether a file at a path would be ignored: https://git-scm.com/docs/gitignore#_pattern_format */
function ignoreMatcher(pattern: string): (path: string) => boolean {
  const glob = pattern.replace(/^\//, "").replace(/\/$/, "")
  const anywhere = /\/./.test(pattern) ? glob : `**/${glob}`
  const globs = [`${anywhere}/**/*`, ...(pattern.endsWith("/") ? [] : [anywhere])]
  const matchers = globs.map(globMatcher)
  return (path) => matchers.some((matches) => matches(path))
}
