/**
 * A text of lines with none longer than `width`, broken between words. What is broken goes on below where its line's text
 * begins: behind the indentation, or behind a first column that two blanks end. A word that is longer stays whole.
 */
export function wrapText(text: string, width: number): string {
  return text
    .split("\n")
    .flatMap((line) => wrapLine(line, width))
    .join("\n")
}

function wrapLine(line: string, width: number): readonly string[] {
  if (line.length <= width) return [line]
  const margin = /^ */.exec(line)![0]
  const column = /^ *(?:\S+(?: \S+)* {2,})?/.exec(line)![0]
  const hang = " ".repeat(column.length > width / 2 ? margin.length + 2 : column.length)
  const lines: string[] = []
  const [first = "", ...words] = line.slice(column.length).split(" ")
  let current = `${column}${first}`
  for (const word of words) {
    if (current.length + 1 + word.length <= width) current += ` ${word}`
    else {
      lines.push(current)
      current = `${hang}${word}`
    }
  }
  return [...lines, current]
}
