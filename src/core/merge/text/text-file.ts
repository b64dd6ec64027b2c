import { decodeText } from "../../decode-text.ts"

/** What ends a line; the last line of a file may have no end. */
export type LineEnd = "\n" | "\r\n" | ""

/** A text file taken apart: what it says, and the form that it says it in. `lines` and `ends` are equally long. */
export interface TextFile {
  readonly bom: boolean
  readonly lines: readonly string[]
  readonly ends: readonly LineEnd[]
}

const encoder = new TextEncoder()
const BOM = "\uFEFF"

/** Reads bytes as text; undefined where they are none. */
export function readTextFile(bytes: Uint8Array): TextFile | undefined {
  const text = decodeText(bytes)
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
