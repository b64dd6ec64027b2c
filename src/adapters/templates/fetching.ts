import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"

/** How templates are fetched in this run. */
export interface Fetching {
  /** Only from the cache. */
  readonly offline: boolean
  /** Tells a person something, on the side. */
  readonly say: (text: string) => void
  /** Does work that may take a while, and says so when it does. */
  readonly slowly: <T>(text: string, work: () => Promise<T>) => Promise<T>
  /** Does work once a run, whoever asks for it. */
  readonly once: <T>(name: string, work: () => Promise<T>) => Promise<T>
  /** The error for what would have to be fetched, and must not. */
  readonly missing: (what: string, there?: string) => MeshwrightError
}

export interface FetchingOptions {
  readonly offline?: boolean
  readonly say?: (text: string) => void
}

// Before that, nobody wonders.
const QUIET_FOR = 800

export function fetchingOf({ offline = false, say = () => {} }: FetchingOptions): Fetching {
  const done = new Map<string, Promise<unknown>>()
  const said = new Set<string>()
  const sayOnce = (text: string): void => {
    if (!said.has(text)) say(text)
    said.add(text)
  }
  return {
    offline,
    say: sayOnce,
    slowly: async (text, work) => {
      const timer = setTimeout(() => sayOnce(`${text} …`), QUIET_FOR)
      try {
        return await work()
      } finally {
        clearTimeout(timer)
      }
    },
    once: <T>(name: string, work: () => Promise<T>) => {
      const known = done.get(name) as Promise<T> | undefined
      const result = known ?? work()
      done.set(name, result)
      return result
    },
    missing: (what, there = "") =>
      new MeshwrightError([
        problem(
          "offline",
          `${what} ${what.startsWith("the versions") ? "are" : "is"} not in the cache, and this run is offline`,
          {
            hint: `run it once without --offline${there === "" ? "" : `; in the cache: ${there}`}`,
          },
        ),
      ]),
  }
}
