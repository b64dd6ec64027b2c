import { MeshwrightError, problem } from "../core/model/diagnostic.ts"

/** What ends a run from outside: Ctrl-C, a CI job that is cancelled, a terminal that is closed. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const

/** Whether programs can be started in a group of their own, so that all that they start ends with them (`endAll`). */
export const HAS_GROUPS = process.platform !== "win32"

/** Does something when a signal comes, which then does not end this program by itself. Returns what takes that back. */
export function onSignals(act: () => void): () => void {
  for (const signal of SIGNALS) process.on(signal, act)
  return () => {
    for (const signal of SIGNALS) process.off(signal, act)
  }
}

/** Ends a program that was started in a group of its own, with all that it started. */
export function endAll(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(HAS_GROUPS ? -pid : pid, "SIGKILL")
  } catch {
    // It has ended already.
  }
}

/** The error of a run that a signal ended before anything was written. */
export function interruption(): MeshwrightError {
  return new MeshwrightError([problem("interrupted", "interrupted; nothing was changed")], "interrupted")
}
