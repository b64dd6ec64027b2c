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
