/** What ends a line; the last line of a file may have no end. */
export type LineEnd = "\n" | "\r\n" | ""

/** A text file taken apart: what it says, and the form that it says it in. `lines` and `ends` are equally long. */
export interface TextFile {
  readonly bom: boolean
  readonly lines: readonly string[]
  readonly ends: readonly LineEnd[]
}

// ignoreBOM keeps the BOM in the text, where it can be seen; fatal, since a replaced byte would be a lost one.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()
const BOM = "\uFEFF"

/**
 * Reads bytes as text; undefined where they are none: not valid UTF-8, or with a NUL in them (git's test for binary).
 */
export function readTextFile(bytes: Uint8Array): TextFile | undefined {
  if (bytes.includes(0)) return undefined
  const text = decode(bytes)
  if (text === undefined) return undefined
  const bom = text.startsWith(BOM)
  const lines: string[] = []
  const ends: LineEnd[] = []
  // A lone CR stays in its line: as a line end it died with Mac OS 9, inside of a line it is content.
  for (const line of text.slice(bom ? 1 : 0).match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const end = line.endsWith("\r\n") ? "\r\n" : line.endsWith("\n") ? "\n" : ""
    lines.push(line.slice(0, line.length - end.length))
    ends.push(end)
  }
  return { bom, lines, ends }
}

/** The bytes of a text file: the inverse of readTextFile. */
export function writeTextFile({ bom, lines, ends }: TextFile): Uint8Array {
  return encoder.encode((bom ? BOM : "") + lines.map((line, index) => line + ends[index]!).join(""))
}

/** Whether the last line is ended; an empty file leaves nothing open. */
export function hasFinalNewline({ ends }: TextFile): boolean {
  return ends.at(-1) !== ""
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}
