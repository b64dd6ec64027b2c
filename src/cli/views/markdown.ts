/** A text as code within a line: nothing in it is read as Markdown or HTML. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, " ").trim()
  if (line === "") return "(empty)"
  const runs = [...line.matchAll(/`+/g)].map(([run]) => run.length)
  const fence = "`".repeat(Math.max(0, ...runs) + 1)
  const pad = line.startsWith("`") || line.endsWith("`") ? " " : ""
  return fence + pad + line + pad + fence
}

/** A text as it is, within a line: marks of Markdown and HTML are escaped. */
export function plainText(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>#|~!&@]/g, (mark) => (mark === "&" ? "&amp;" : `\\${mark}`))
}

/** A table of cells that are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  // A pipe ends a cell, in code too; an escaped one is a pipe again.
  const row = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", "<br>")).join(" | ")} |`
  return [row(head), row(head.map(() => "---")), ...rows.map(row)]
}

const HEADING = /^( {0,3})(#{1,6})(?=\s|$)/
const FENCE = /^ {0,3}(`{3,}|~{3,})/

/** Markdown of somebody else below a heading: its headings are smaller than `level`, and code that it left open is closed. */
export function embedded(markdown: string, level: number): string {
  const lines = markdown.split("\n")
  const levels: number[] = []
  let fence: string | undefined
  const inCode = lines.map((line) => {
    const mark = FENCE.exec(line)?.[1]
    const inside = fence !== undefined
    if (fence === undefined) fence = mark
    else if (mark?.startsWith(fence) === true && line.trim() === mark) fence = undefined
    if (!inside) levels.push(...[HEADING.exec(line)?.[2]?.length ?? []].flat())
    return inside
  })
  const shift = Math.max(0, level + 1 - Math.min(...levels))
  const shifted = lines.map((line, index) =>
    inCode[index] === true
      ? line
      : line.replace(
          HEADING,
          (_, blanks: string, marks: string) => blanks + "#".repeat(Math.min(6, marks.length + shift)),
        ),
  )
  return [...shifted, ...(fence === undefined ? [] : [fence])].join("\n")
}
