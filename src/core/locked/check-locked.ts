import { HIDDEN } from "../explain/show-part.ts"
import { type Diagnostic, type Severity } from "../model/diagnostic.ts"
import type { LockException } from "../model/exception.ts"
import type { Lock } from "../model/lock.ts"
import type { RelPath } from "../model/path.ts"
import type { LockRule } from "../model/template.ts"
import type { Tree } from "../model/tree.ts"
import { globMatcher } from "../render/glob.ts"
import { daysBetween } from "./dates.ts"
import { type Deviation, deviationsOf } from "./deviations.ts"
import { daysLeft, stageOf, type Stage } from "./stage.ts"

/** What a finding says of locked content, for machines; the message says the same. */
export interface LockedFacts {
  readonly what: Deviation["what"]
  /** Key path; absent: the whole file. */
  readonly key?: string
  readonly more?: number
  readonly expected?: string
  readonly found?: string
  readonly policy?: string
  readonly warnFrom?: string
  readonly errorFrom?: string
  /** Until the next of the two. */
  readonly daysLeft?: number
  readonly exception?: ExceptionFacts
}

interface ExceptionFacts {
  readonly path: string
  readonly key?: string
  readonly reason: string
  readonly approvedBy: string
  readonly until: string
  /** The last day is not over yet; negative when it is. */
  readonly daysLeft: number
}

export interface LockedFinding extends Diagnostic {
  readonly locked?: LockedFacts
}

interface CheckInput {
  readonly lock: Lock
  /** The project's files at the paths of the lock. */
  readonly ours: Tree
  readonly exceptions: readonly LockException[]
  readonly today: string
  /** What meshwright.yml is called. */
  readonly projectFile: string
}

/**
 * What of the project is not as its template's version locks it, by what the lock records: needs no template. Severity is
 * `info` before a rule's day of warning and while an exception holds. Also exceptions that nothing needs.
 */
export function checkLocked({ lock, ours, exceptions, today, projectFile }: CheckInput): readonly LockedFinding[] {
  const matchers = exceptions.map((exception) => ({ exception, matches: globMatcher(exception.path) }))
  const used = new Set<LockException>()
  const findings = [...lock.files].flatMap(([path, expected]) => {
    if (expected.locked === undefined) return []
    const own = matchers.filter(({ matches }) => matches(path)).map(({ exception }) => exception)
    const content = { path, rules: expected.locked, expected, ours: ours.get(path), exceptions: own }
    return strictest(deviationsOf(content), today).map((deviation): LockedFinding => {
      if (deviation.exception) used.add(deviation.exception)
      return findingOf(path, expected.secret === true ? withoutValues(deviation) : deviation, today)
    })
  })
  return [
    ...findings,
    ...exceptions.filter((exception) => !used.has(exception)).map((each) => removable(each, today, projectFile)),
  ]
}

const ORDER: Readonly<Record<Stage, number>> = { error: 0, warning: 1, announced: 2 }

/** Of several rules for one place, the one that is strictest today. */
function strictest(deviations: readonly Deviation[], today: string): readonly Deviation[] {
  const best = new Map<string, Deviation>()
  for (const deviation of deviations) {
    const key = JSON.stringify([deviation.at, deviation.what, deviation.rule.keys === undefined])
    const other = best.get(key)
    if (other === undefined || isStricter(deviation.rule, other.rule, today)) best.set(key, deviation)
  }
  return [...best.values()]
}

function isStricter(a: LockRule, b: LockRule, today: string): boolean {
  const order = ORDER[stageOf(a, today)] - ORDER[stageOf(b, today)]
  if (order !== 0) return order < 0
  return (daysLeft(a, today) ?? Infinity) < (daysLeft(b, today) ?? Infinity)
}

function withoutValues(deviation: Deviation): Deviation {
  return {
    ...deviation,
    ...(deviation.expected === undefined ? {} : { expected: HIDDEN }),
    ...(deviation.found === undefined ? {} : { found: HIDDEN }),
  }
}

function findingOf(path: RelPath, deviation: Deviation, today: string): LockedFinding {
  const { rule, line, exception } = deviation
  const stage = stageOf(rule, today)
  const holds = exception !== undefined && today <= exception.until
  const severity: Severity = holds || stage === "announced" ? "info" : stage
  const days = daysLeft(rule, today)
  const when = holds
    ? `; allowed until ${exception.until} (${inDays(daysBetween(today, exception.until))}): ${exception.reason}, approved by ${exception.approved_by}`
    : `${exception === undefined ? "" : `; its exception ended on ${exception.until}`}${stageText(rule, stage, days)}`
  const policy = rule.policy === undefined ? "" : ` (policy: ${rule.policy})`
  return {
    code: holds ? "locked-exception" : exception === undefined ? "locked" : "exception-expired",
    severity,
    message: `${whatText(deviation)}${when}${policy}`,
    file: path,
    ...(line === undefined ? {} : { position: { line, column: 1 } }),
    ...(severity === "info" ? {} : { hint: hintOf(deviation) }),
    locked: factsOf(deviation, days, today),
  }
}

function whatText({ what, at, more, expected, found }: Deviation): string {
  switch (what) {
    case "deleted":
      return "is locked by the template, and is not at its place any more"
    case "mode":
      return `is locked by the template, and its mode is ${found} instead of ${expected}`
    case "unreadable":
      return "cannot be read, so nobody can tell whether its locked keys are as they should be"
    case "missing":
      return `${at} is missing; locked by the template to ${expected}`
    case "added":
      return `${at} is ${found}; locked by the template: it must not be there`
    case "changed": {
      if (at === "") return "is locked by the template, and differs from here on"
      if (expected === HIDDEN) return `${at} differs; locked by the template${others(more)}`
      const values = expected === found ? "in another order, or has other items" : `${found} instead of ${expected}`
      return `${at} is ${values}; locked by the template${others(more)}`
    }
  }
}

function others(more: number | undefined): string {
  return more === undefined ? "" : `, as are ${more} more places that differ`
}

function stageText({ warn_from: warn, error_from: error }: LockRule, stage: Stage, days = 0): string {
  if (stage === "announced")
    return `; a warning ${inDays(days)}, from ${warn} on${error === undefined ? "" : `, and fails from ${error} on`}`
  if (error === undefined) return ""
  return stage === "error" ? `; fails since ${error}` : `; fails ${inDays(days)}, from ${error} on`
}

function inDays(days: number): string {
  return days === 0 ? "today" : days === 1 ? "in 1 day" : `in ${days} days`
}

function hintOf({ what }: Deviation): string {
  return what === "unreadable"
    ? "mend the file by hand"
    : "`meshwright update` restores it; where it has to differ, and that is approved: `meshwright add exception`"
}

function factsOf(
  { rule, what, at, more, expected, found, exception }: Deviation,
  days: number | undefined,
  today: string,
): LockedFacts {
  return {
    what,
    ...(at === "" ? {} : { key: at }),
    ...(more === undefined ? {} : { more }),
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
    ...(rule.policy === undefined ? {} : { policy: rule.policy }),
    ...(rule.warn_from === undefined ? {} : { warnFrom: rule.warn_from }),
    ...(rule.error_from === undefined ? {} : { errorFrom: rule.error_from }),
    ...(days === undefined ? {} : { daysLeft: days }),
    ...(exception === undefined ? {} : { exception: exceptionFacts(exception, today) }),
  }
}

function exceptionFacts({ path, key, reason, approved_by, until }: LockException, today: string): ExceptionFacts {
  const daysOfIt = daysBetween(today, until)
  return { path, ...(key === undefined ? {} : { key }), reason, approvedBy: approved_by, until, daysLeft: daysOfIt }
}

function removable(exception: LockException, today: string, projectFile: string): LockedFinding {
  const { path, key, until, position } = exception
  const place = key === undefined ? path : `${path}, ${key}`
  const ended = today > until ? `ended on ${until} and ` : ""
  return {
    code: "exception-unused",
    severity: "warning",
    message: `the exception for ${place} ${ended}allows nothing that differs: it can be removed`,
    file: projectFile,
    ...(position && { position }),
  }
}
