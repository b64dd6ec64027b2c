import type { LockRule } from "../model/template.ts"
import { daysBetween } from "./dates.ts"

/** How far a rule is: announced, then a deviation is a warning, then an error. */
export type Stage = "announced" | "warning" | "error"

export function stageOf({ warn_from: warn, error_from: error }: LockRule, today: string): Stage {
  if (error !== undefined && today >= error) return "error"
  return warn === undefined || today >= warn ? "warning" : "announced"
}

/** Days until the rule's next stage; undefined where there is none. */
export function daysLeft(rule: LockRule, today: string): number | undefined {
  const stage = stageOf(rule, today)
  const next = stage === "announced" ? rule.warn_from : stage === "warning" ? rule.error_from : undefined
  return next === undefined ? undefined : daysBetween(today, next)
}

/** Rules that an update obeys. */
export function rulesInForce(rules: readonly LockRule[], today: string): readonly LockRule[] {
  return rules.filter((rule) => stageOf(rule, today) !== "announced")
}
