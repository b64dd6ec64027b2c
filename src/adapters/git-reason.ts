/** Why git failed, in its words. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message.trim() : String(error)
  return /\bspawn git ENOENT\b/.test(message) ? "git is not installed, or not in PATH" : message
}

/**
 * Why a remote could not be read, in one line: what git calls fatal, and the line before it, which is of ssh or the
 * server. The general advice that git gives after it is left out.
 */
export function remoteReason(error: unknown): string {
  const lines = reasonOf(error)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
  const first = lines.findIndex((line) => line.startsWith("fatal: "))
  // In another language than English, the first line is the one.
  if (first < 0) return lines[0] ?? ""
  const said = lines.filter((line, index) => index === first - 1 || line.startsWith("fatal: "))
  return said.map((line) => line.replace(/^fatal: /, "").replace(/\.$/, "")).join("; ")
}
