import type { KeyPath } from "./model.ts"

// What identifies an item can be as long as a command.
const LONGEST = 60
const PLAIN_KEY = /^[\w+$@/*{}:-]+$/

/** The step to a member: its key, or for a list item what identifies it (else its number) in brackets. */
export function stepTo(key: string | null, identity: string | null, index: number): string {
  return key ?? `[${identity ?? index}]`
}

/** `packages[package=dbt-labs/dbt_utils].version`; "" for the whole file. */
export function showPath(path: KeyPath): string {
  return joinSteps(path.map(showStep))
}

/** One step, as it is shown. */
export function showStep(step: string): string {
  if (step.startsWith("[")) return step.length > LONGEST ? `${step.slice(0, LONGEST)}…]` : step
  return PLAIN_KEY.test(step) ? step : JSON.stringify(step)
}

/** Steps as they are shown, as one path. */
export function joinSteps(steps: readonly string[]): string {
  return steps.map((step, index) => (index === 0 || step.startsWith("[") ? step : `.${step}`)).join("")
}

/** The keys on the way, without the items of lists. */
export function keysOf(path: KeyPath): readonly string[] {
  return path.filter((step) => !step.startsWith("["))
}

/** The nearest key above, which list items are told by. */
export function lastKey(path: KeyPath): string {
  return path.findLast((step) => !step.startsWith("[")) ?? ""
}
