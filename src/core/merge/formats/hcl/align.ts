import { linesOf, textOf } from "../../text/lines.ts"

// An attribute whose value ends on its line: `terraform fmt` aligns those that follow each other.
const ASSIGNMENT = /^([ \t]*)([\w-]+|"[^"]*")([ \t]*)=(?![=>])/

/**
 * Aligns the `=` of neighbouring attributes as `terraform fmt` does, where both sides are written so: a merge puts lines
 * beside each other that nobody could align yet.
 */
export function alignAssignments(result: string, ours: string, theirs: string): string {
  if (result.includes("<<") || align(ours) !== ours || align(theirs) !== theirs) return result
  return align(result)
}

function align(text: string): string {
  const lines = [...linesOf(text)]
  let start = 0
  while (start < lines.length) {
    let end = start
    while (end < lines.length && isAssignment(lines[end]!)) end++
    const width = Math.max(...lines.slice(start, end).map((line) => keyOf(line).length))
    for (let index = start; index < end; index++) {
      const line = lines[index]!
      lines[index] = `${keyOf(line).padEnd(width)} ${line.slice(ASSIGNMENT.exec(line)![0].length - 1)}`
    }
    start = end + 1
  }
  return textOf(lines)
}

function keyOf(line: string): string {
  const [, indent, key] = ASSIGNMENT.exec(line)!
  return indent! + key!
}

function isAssignment(line: string): boolean {
  if (!ASSIGNMENT.test(line)) return false
  const code = line.replace(/"(?:\\.|[^"\\])*"/g, "")
  return (code.match(/[[{(]/g) ?? []).length === (code.match(/[\]})]/g) ?? []).length
}
