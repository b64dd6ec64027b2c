import { decodeBytes, decodeText, encodeBytes, type Encoding } from "../../decode-text.ts"

/** What ends a line; the last line of a file may have no end. */
export type LineEnd = "\n" | "\r\n" | ""

/** A text file taken apart: what it says, and the form that it says it in. `lines` and `ends` are equally long. */
export interface TextFile {
  readonly encoding: Encoding
  readonly bom: boolean
  readonly lines: readonly string[]
  readonly ends: readonly LineEnd[]
}

const encoder = new TextEncoder()
const BOM = "\uFEFF"

/** Reads bytes as text; undefined where they are none. */
export function readTextFile(bytes: Uint8Array, encoding: Encoding = "utf-8"): TextFile | undefined {
  const text = encoding === "utf-8" ? decodeText(bytes) : decodeBytes(bytes)
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
  return { encoding, bom, lines, ends }
}

/** The bytes of a text file: the inverse of readTextFile. */
export function writeTextFile({ encoding, bom, lines, ends }: TextFile): Uint8Array {
  const text = lines.map((line, index) => line + ends[index]!).join("")
  return encoding === "utf-8" ? encoder.encode((bom ? BOM : "") + text) : encodeBytes(text)
}

/** Whether the last line is ended; an empty file leaves nothing open. */
export function hasFinalNewline({ ends }: TextFile): boolean {
  return ends.at(-1) !== ""
}
