import { matchLines } from "./line-diff.ts"
import { hunksOf, type Hunk } from "./match.ts"

export interface UnifiedDiffOptions {
  /** As printed after `---` and `+++`, such as `a/models/x.sql` or `/dev/null`. */
  readonly pathA: string
  readonly pathB: string
  /** Unchanged lines shown around a change; 3 when not given. */
  readonly context?: number
}

/** What turns `aText` into `bText`, as `diff -u` and git print it; "" when the texts are equal. */
export function unifiedDiff(aText: string, bText: string, options: UnifiedDiffOptions): string {
  const a = linesWithEnds(aText)
  const b = linesWithEnds(bText)
  const hunks = hunksOf(matchLines(a, b), b.length)
  if (hunks.length === 0) return ""
  const context = options.context ?? 3
  const parts = groupNear(hunks, 2 * context).map((group) => printGroup(a, b, group, context))
  return `--- ${options.pathA}\n+++ ${options.pathB}\n${parts.join("")}`
}

/** With their ends: a line that only lost its newline is a changed line. */
function linesWithEnds(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

function groupNear(hunks: readonly Hunk[], distance: number): readonly (readonly Hunk[])[] {
  const groups: Hunk[][] = []
  for (const hunk of hunks) {
    const last = groups.at(-1)
    if (last !== undefined && hunk.aStart - last.at(-1)!.aEnd <= distance) last.push(hunk)
    else groups.push([hunk])
  }
  return groups
}

function printGroup(a: readonly string[], b: readonly string[], group: readonly Hunk[], context: number): string {
  const first = group[0]!
  const last = group.at(-1)!
  const before = Math.min(context, first.aStart)
  const after = Math.min(context, a.length - last.aEnd)
  const lines: string[] = []
  let at = first.aStart - before
  for (const hunk of group) {
    lines.push(...a.slice(at, hunk.aStart).map((line) => printLine(" ", line)))
    lines.push(...a.slice(hunk.aStart, hunk.aEnd).map((line) => printLine("-", line)))
    lines.push(...b.slice(hunk.bStart, hunk.bEnd).map((line) => printLine("+", line)))
    at = hunk.aEnd
  }
  lines.push(...a.slice(at, at + after).map((line) => printLine(" ", line)))
  const aRange = printRange(first.aStart - before, last.aEnd + after)
  const bRange = printRange(first.bStart - before, last.bEnd + after)
  return `@@ -${aRange} +${bRange} @@\n${lines.join("")}`
}

function printLine(sign: string, line: string): string {
  return line.endsWith("\n") ? sign + line : `${sign}${line}\n\\ No newline at end of file\n`
}

/** POSIX diff: an empty range names the line before it, a range of one line has no length. */
function printRange(start: number, end: number): string {
  if (end === start) return `${start},0`
  return end - start === 1 ? `${end}` : `${start + 1},${end - start}`
}
