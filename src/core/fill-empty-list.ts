/**
 * YAML with its first lines in a list that was empty (`key: []`, or nothing behind `key:`), everything else byte for byte
 * as it is. Undefined where the text has no such line at its top level.
 * @param lines of the list, indented
 */
export function fillEmptyList(text: string, key: string, lines: readonly string[]): string | undefined {
  const eol = text.includes("\r\n") ? "\r\n" : "\n"
  const empty = new RegExp(`^${key}:[ \\t]*(?:\\[[ \\t]*\\]|null|~)?([ \\t]+#[^\\r\\n]*|[ \\t]*)(\\r?\\n|$)`, "m")
  if (!empty.test(text)) return undefined
  return text.replace(
    empty,
    (_, comment: string, end: string) => `${key}:${comment.trimEnd()}${eol}${lines.join(eol)}${end === "" ? eol : end}`,
  )
}
