/** A place that a manifest or an exception names: steps from the top of the file. */
export interface KeyPattern {
  /**
   * Whether the place itself is named, or something that it is in.
   * @param own numbers of steps to items of lists that are the team's own: `[*]` does not mean those
   */
  readonly covers: (steps: readonly string[], own?: ReadonlySet<number>) => boolean
}

/**
 * Reads a key path such as `models.+access`, `packages[package=dbt-labs/dbt_utils].version` or `jobs.*.runs-on`, from the
 * top of the file. `*` is any part of a step, `[*]` any item of a list, `**` any number of steps; in quotes, a dot is part
 * of a name.
 */
export function parseKeyPattern(text: string): KeyPattern {
  const steps = stepsOf(text)
  return { covers: (place, own = new Set()) => fits(steps, place, own) }
}

/** What is wrong with a key path; undefined when nothing is. */
export function keyPatternProblem(text: string): string | undefined {
  if (text.trim() === "") return "is empty"
  if (
    /^\.|\.$|\.\.|\.\[/.test(
      text.replace(/"(?:[^"\\]|\\.)*"|\[[^\]]*\]/g, (part) => (part.startsWith("[") ? "[]" : "x")),
    )
  )
    return "has an empty step"
  return undefined
}

/** The steps of a key path as it is shown to people; a name in plain quotes is the name. */
export function stepsOf(text: string): readonly string[] {
  const found = text.match(/\[(?:[^\]"]|"(?:[^"\\]|\\.)*")*\]?|(?:[^.["]|"(?:[^"\\]|\\.)*"?)+/g) ?? []
  return found.map((step) => (/^"(?:[^"\\]|\\.)*"$/.test(step) ? unquoted(step) : step))
}

function unquoted(step: string): string {
  try {
    return JSON.parse(step) as string
  } catch {
    return step
  }
}

function fits(pattern: readonly string[], place: readonly string[], own: ReadonlySet<number>, at = 0): boolean {
  const [first, ...rest] = pattern
  if (first === undefined) return true
  if (first === "**") return fits(rest, place, own, at) || (at < place.length && fits(pattern, place, own, at + 1))
  if (at >= place.length || (first === "[*]" && own.has(at))) return false
  return stepFits(first, place[at]!) && fits(rest, place, own, at + 1)
}

function stepFits(pattern: string, step: string): boolean {
  // Sections of INI files and members of inline tables are told in brackets.
  if (pattern === step || `[${pattern}]` === step) return true
  // A star of a name is not an item of a list.
  if (!pattern.includes("*") || pattern.startsWith("[") !== step.startsWith("[")) return false
  const parts = pattern.split("*").map((part) => part.replace(/[\\^$+?.()[\]{}|]/g, "\\$&"))
  return new RegExp(`^${parts.join(".*")}$`, "s").test(step)
}
