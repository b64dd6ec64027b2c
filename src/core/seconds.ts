import { MeshwrightError, problem } from "./model/diagnostic.ts"

const MOST = 86_400

/** Seconds that a variable of the environment sets; undefined where it sets none. Throws a MeshwrightError for what is no number above 0. */
export function secondsOf(name: string, environment: Readonly<Record<string, string | undefined>>): number | undefined {
  const text = environment[name]?.trim() ?? ""
  if (text === "") return undefined
  const seconds = Number(text)
  if (seconds > 0) return Math.min(seconds, MOST)
  throw new MeshwrightError(
    [problem("environment", `${name}=${text} is no number of seconds`, { hint: `set it to one, such as ${name}=120` })],
    "usage",
  )
}
