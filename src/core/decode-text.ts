// ignoreBOM keeps the BOM in the text, where it can be seen; fatal, since a replaced byte would be a lost one.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })

/** Bytes as text; undefined where they are none: not valid UTF-8, or with a NUL in them (git's test for binary). */
export function decodeText(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

export type Encoding = "utf-8" | "single-byte"

const MOST_ARGUMENTS = 8192

/**
 * The encoding in which all of the texts can be read and put together; undefined where one is none, or where they differ.
 * Which encoding of single bytes (Latin-1, Windows-1252, …) it is does not matter: bytes stay what they are.
 */
export function commonEncoding(texts: readonly Uint8Array[]): Encoding | undefined {
  if (texts.every((bytes) => decodeText(bytes) !== undefined)) return "utf-8"
  const special = texts.filter((bytes) => bytes.some((byte) => byte >= 0x80))
  const known = special.some((bytes) => decodeText(bytes) !== undefined || hasWideMark(bytes))
  return known || texts.some((bytes) => bytes.includes(0)) ? undefined : "single-byte"
}

/** The mark that UTF-16 starts with. */
function hasWideMark([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
}

/** One character for each byte. */
export function decodeBytes(bytes: Uint8Array): string {
  let text = ""
  for (let at = 0; at < bytes.length; at += MOST_ARGUMENTS)
    text += String.fromCharCode(...bytes.subarray(at, at + MOST_ARGUMENTS))
  return text
}

/** The inverse of decodeBytes. */
export function encodeBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}
