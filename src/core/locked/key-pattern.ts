import { starsFit, textFits } from "../stars.ts"

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
  const isStar = (step: string): boolean => step === "**"
  return {
    covers: (place, own = new Set()) => {
      const fits = (step: string, at: number): boolean => !(step === "[*]" && own.has(at)) && stepFits(step, place[at]!)
      return starsFit(steps, isStar, place.length, fits, false)
    },
  }
}

// Longer than any path of keys that somebody can read.
const LONGEST = 1000

/** What is wrong with a key path; undefined when nothing is. */
export function keyPatternProblem(text: string): string | undefined {
  if (text.trim() === "") return "is empty"
  if (text.length > LONGEST) return `has more than ${LONGEST} characters`
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

function stepFits(pattern: string, step: string): boolean {
  // Sections of INI files and members of inline tables are told in brackets.
  if (pattern === step || `[${pattern}]` === step) return true
  // A star of a name is not an item of a list.
  if (!pattern.includes("*") || pattern.startsWith("[") !== step.startsWith("[")) return false
  return textFits(pattern, step)
}
