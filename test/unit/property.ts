import fc from "fast-check"

/**
 * `npm test` tries the same cases each time, so that it fails for a change and not by chance. `npm run fuzz` tries others,
 * and more of them.
 */
fc.configureGlobal({ seed: Number(process.env["FUZZ_SEED"] ?? 20_261_121) })

const times = Number(process.env["FUZZ_TIMES"] ?? 1)

/** Parameters of a property that is tried on `count` cases. */
export function tries(count: number): { readonly numRuns: number } {
  return { numRuns: count * times }
}
