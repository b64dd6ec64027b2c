/** The lines of an LF text, without their ends. A final newline ends the last line, it does not start another one. */
export function linesOf(text: string): readonly string[] {
  if (text === "") return []
  return (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n")
}

/** The LF text of `lines`, every line ended by a newline: the inverse of linesOf for texts that end with one. */
export function textOf(lines: readonly string[]): string {
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`
}

/** Whether two lists hold the same lines. */
export function sameLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index])
}
