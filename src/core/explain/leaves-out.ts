import { sha256 } from "../hash.ts"
import { readTextFile } from "../merge/text/text-file.ts"
import { matchLines } from "../merge/text/line-diff.ts"
import { textOf } from "../merge/text/lines.ts"
import { DEFAULT_RULES, type MergeRules } from "../merge/rules/merge-rules.ts"
import type { RelPath } from "../model/path.ts"
import { explainText } from "./explain-text.ts"
import { NO_SECRETS } from "./show-part.ts"

/** Whether a project that keeps ours as it is goes without something that theirs changed. */
export function leavesOut(
  path: RelPath,
  base: Uint8Array | undefined,
  ours: Uint8Array,
  theirs: Uint8Array,
  rules: MergeRules = DEFAULT_RULES,
): boolean {
  if (sha256(ours) === sha256(theirs)) return false
  const [b, o, t] = [base, ours, theirs].map((bytes) => bytes && readTextFile(bytes))
  if (o === undefined || t === undefined) return true
  const texts = { ours: textOf(o.lines), theirs: textOf(t.lines), result: textOf(o.lines), rules }
  if (b === undefined) return matchLines(t.lines, o.lines).some((index) => index < 0)
  const { merged } = explainText(path, { base: textOf(b.lines), ...texts }, NO_SECRETS)
  return merged.some(({ from, what }) => from === "ours" && what !== "layout")
}
