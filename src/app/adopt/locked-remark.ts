import { checkLocked } from "../../core/locked/check-locked.ts"
import { parseLock } from "../../core/lock/parse-lock.ts"
import type { FileChange } from "../../core/model/change.ts"
import type { Diagnostic } from "../../core/model/diagnostic.ts"
import type { Tree } from "../../core/model/tree.ts"
import { LOCK_FILE, PROJECT_FILE, writesOf } from "../../core/plan/plan-project.ts"

// More are a matter of `check`.
const MOST_PLACES = 8

/**
 * Tells what the project, once adopted, has otherwise than its template locks it: adopting leaves that, the next update
 * does not. None where nothing is locked, or all is as it should be.
 */
export function lockedRemarks(changes: readonly FileChange[], ours: Tree, today: string): readonly Diagnostic[] {
  const after = new Map(ours)
  for (const { path, after: file } of writesOf(changes)) {
    if (file === null) after.delete(path)
    else after.set(path, file)
  }
  const lock = after.get(LOCK_FILE)
  if (lock === undefined) return []
  const findings = checkLocked({
    lock: parseLock(Buffer.from(lock.bytes).toString("utf8")).lock,
    ours: after,
    exceptions: [],
    today,
    projectFile: PROJECT_FILE,
  })
  if (findings.length === 0) return []
  const places = findings.map(({ file, locked }) => [file, locked?.key].filter((each) => each !== undefined).join(": "))
  const more = places.length > MOST_PLACES ? `, and ${places.length - MOST_PLACES} more` : ""
  return [
    {
      code: "locked",
      severity: "warning",
      message: `the template locks what you have otherwise: ${places.slice(0, MOST_PLACES).join(", ")}${more}`,
      hint: "adopting leaves it, and the next update puts it back; `meshwright check` tells why, `meshwright add exception` keeps yours for a time",
    },
  ]
}
