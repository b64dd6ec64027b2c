import { textFits } from "../../stars.ts"

/**
 * Whether a pattern of keys such as `packages.version` or `env.*_VERSION` fits the end of a path of keys. Items of lists
 * are no step of such a path.
 */
export function keyMatcher(pattern: string): (keys: readonly string[]) => boolean {
  const steps = pattern.split(".")
  return (keys) => {
    const start = keys.length - steps.length
    return start >= 0 && steps.every((step, index) => textFits(step, keys[start + index]!))
  }
}
