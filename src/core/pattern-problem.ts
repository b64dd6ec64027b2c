/** Why a text is no regular expression; undefined where it is one. */
export function patternProblem(pattern: string): string | undefined {
  try {
    new RegExp(pattern, "u")
    return undefined
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    return said.split(": ").at(-1) ?? said
  }
}
