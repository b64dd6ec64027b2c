import type { Part } from "../merge/formats/part.ts"
import { matchLines } from "../merge/text/line-diff.ts"
import { linesOf } from "../merge/text/lines.ts"
import type { PlaceChange } from "../model/explanation.ts"

// A value that fits on a line of a terminal beside its path.
const LONGEST = 60

/** What a value is told as in place of a secret. */
export const HIDDEN = "(secret)"

/** Values that nobody may see. */
export interface Secrets {
  readonly isIn: (text: string) => boolean
  /** The text without them. */
  readonly hide: (text: string) => string
}

export const NO_SECRETS: Secrets = { isIn: () => false, hide: (text) => text }

export type Values = Pick<PlaceChange, "old" | "new" | "ours" | "lines">

/** The old and the new value as they are told, and ours. Of texts of several lines, how many lines differ. */
export function showValues(
  was: Part | undefined,
  is: Part | undefined,
  ours: Part | undefined,
  secrets: Secrets,
): Values {
  const [before, after, own] = [was, is, ours].map((part) => part && valueOf(part))
  if (isLong(before) || isLong(after)) return { lines: countLines(before ?? "", after ?? "") }
  const isHidden = [before, after, own].some((value) => value !== undefined && secrets.isIn(value))
  const show = (value: string): string => (isHidden ? HIDDEN : shortened(value))
  const isOwn = ours !== undefined && ours.canon !== was?.canon && ours.canon !== is?.canon && !isLong(own)
  return {
    ...(before === undefined || before === was?.name ? {} : { old: show(before) }),
    ...(after === undefined || after === is?.name ? {} : { new: show(after) }),
    ...(isOwn && own !== undefined ? { ours: show(own) } : {}),
  }
}

/** A value as it is told, on one line. */
export function shownValue(part: Part): string {
  return shortened(valueOf(part))
}

/** On one line, and no longer than fits. A terminal would obey control characters. */
export function shortened(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is taken out
  const line = text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, " ").trim()
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1).trimEnd()}…` : line
}

function isLong(value: string | undefined): boolean {
  return value !== undefined && value.trim().includes("\n")
}

export function countLines(before: string, after: string): { readonly added: number; readonly removed: number } {
  const [a, b] = [linesOf(before), linesOf(after)]
  const same = matchLines(a, b).filter((index) => index >= 0).length
  return { added: b.length - same, removed: a.length - same }
}

/** A container is told with its members, in the notation of YAML and JSON on one line. */
function valueOf(part: Part): string {
  if (part.parts === undefined || part.parts.length === 0) return part.text
  const inner = part.parts.map((each) => (each.name.startsWith("[") ? valueOf(each) : `${each.name}: ${valueOf(each)}`))
  const text = inner.join(", ").replace(/\s+/g, " ")
  return part.parts[0]?.name.startsWith("[") === true ? `[${text}]` : `{${text}}`
}
