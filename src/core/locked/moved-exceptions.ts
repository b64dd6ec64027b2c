import type { FileChange } from "../model/change.ts"
import type { LockException } from "../model/exception.ts"
import { globMatcher } from "../render/glob.ts"

/** The new paths of exceptions for single files that the template has elsewhere now, by those that they had. */
export function movedExceptions(
  exceptions: readonly LockException[],
  changes: readonly FileChange[],
): ReadonlyMap<string, string> {
  const moves = new Map(
    changes.flatMap(({ paths: { base, theirs } = {} }) =>
      base === undefined || theirs === undefined || base === theirs ? [] : [[base as string, theirs as string]],
    ) as [string, string][],
  )
  return new Map(
    exceptions.flatMap(({ path }): [string, string][] => {
      const to = moves.get(path)
      return to === undefined || globMatcher(path)(to) ? [] : [[path, to]]
    }),
  )
}
