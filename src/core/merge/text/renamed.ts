/** A text with another name all through it, also where it is written in capitals or starts with one. */
export function withName(text: string, from: string, to: string): string {
  const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1)
  return text
    .replaceAll(from, to)
    .replaceAll(from.toUpperCase(), to.toUpperCase())
    .replaceAll(capital(from), capital(to))
}
