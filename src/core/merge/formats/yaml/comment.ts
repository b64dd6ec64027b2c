export function isComment(line: string): boolean {
  return /^\s*#/.test(line)
}
