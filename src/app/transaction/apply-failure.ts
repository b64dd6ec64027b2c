import { MeshwrightError, problem, type Diagnostic } from "../../core/model/diagnostic.ts"
import type { RelPath } from "../../core/model/path.ts"
import { hintFor, isSystemError } from "./system-error.ts"

/** An error of the system as `apply-failed`, told for `path`; any other error as it is. */
export function applyFailure(error: unknown, path: string): unknown {
  if (!isSystemError(error)) return error
  const message = `${path} could not be written, so nothing was changed: ${error.message}`
  const diagnostic = problem("apply-failed", message, { file: path, hint: hintFor(error) })
  return new MeshwrightError([diagnostic], "failed", { cause: error })
}

/** `failure`, and that the project could not be put back after it: `recovery-failed`. The next command tries again. */
export function notUndone(failure: unknown, undoError: unknown, state: string): unknown {
  if (!(failure instanceof MeshwrightError)) return failure
  const reason = undoError instanceof Error ? undoError.message : String(undoError)
  const message = `what was written until then could not be undone yet: ${reason}`
  const hint = `the next command undoes it; the previous files are safe in ${state}`
  const diagnostics = [...failure.diagnostics, problem("recovery-failed", message, { file: state, hint })]
  return new MeshwrightError(diagnostics, failure.kind, { cause: undoError })
}

/** `failure`, and a warning for each file that was not put back, because somebody changed it at the same time. */
export function withEdited(failure: unknown, edited: readonly RelPath[]): unknown {
  if (!(failure instanceof MeshwrightError) || edited.length === 0) return failure
  return new MeshwrightError([...failure.diagnostics, ...edited.map(warning)], failure.kind, { cause: failure.cause })
}

function warning(path: RelPath): Diagnostic {
  const message = `${path} was changed by somebody else meanwhile, and stays as it is`
  return { ...problem("edited-meanwhile", message, { file: path }), severity: "warning" }
}
