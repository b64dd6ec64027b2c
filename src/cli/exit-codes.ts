import type { FailureKind } from "../core/model/diagnostic.ts"

/** Exit codes of design section 3. 0 is only ever given when no work is left. */
export const EXIT = { done: 0, failed: 1, usage: 2, personNeeded: 3, untrusted: 4, interrupted: 130 } as const

/** The exit code of a run that ended with an error. */
export function exitCodeOf(kind: FailureKind): number {
  switch (kind) {
    case "failed":
      return EXIT.failed
    case "usage":
      return EXIT.usage
    case "person-needed":
      return EXIT.personNeeded
    case "untrusted":
      return EXIT.untrusted
    case "interrupted":
      return EXIT.interrupted
  }
}
