import { dirname, resolve } from "node:path"
import { findProject } from "../../app/load-project.ts"
import type { Ports } from "../../app/ports/ports.ts"
import { applyWrites } from "../../app/transaction/apply-writes.ts"
import { tidyBranches } from "../../app/transaction/branch-note.ts"
import type { LockOwner } from "../../app/transaction/project-lock.ts"
import { recover } from "../../app/transaction/recover.ts"
import type { UndoNote } from "../../app/transaction/undo-note.ts"
import { pendingRoots } from "../../app/transaction/state-folder.ts"
import { dropEmptyBranch } from "../../adapters/drop-empty-branch.ts"
import { gitAdapter } from "../../adapters/git.ts"
import { nodeFileSystem } from "../../adapters/node-file-system.ts"
import { scratchAdapter } from "../../adapters/scratch.ts"
import { templateLoader } from "../../adapters/templates/load-template.ts"
import { MeshwrightError } from "../../core/model/diagnostic.ts"
import type { FileChange } from "../../core/model/change.ts"
import { writesOf } from "../../core/plan/plan-project.ts"
import type { CommandLine } from "../parse-command-line.ts"
import { today } from "../today.ts"
import { VERSION } from "../version.ts"
import { makePaint, type Paint } from "../views/paint.ts"

/** One run of the program: its ports, and where its words go. The only place that wires adapters in. */
export interface Session {
  readonly ports: Ports
  readonly cwd: string
  readonly paint: Paint
  readonly json: boolean
  readonly verbose: boolean
  /** Result text; nothing with --quiet or --json. */
  readonly print: (text: string) => void
  /** The result of a --json run. */
  readonly printJson: (document: unknown) => void
  /** Progress and remarks, on stderr; nothing with --quiet. */
  readonly note: (text: string) => void
  /** Says that answers were given which no question asked for. */
  readonly noteUnused: (names: readonly string[]) => void
  /** Root of the project that the command is about. Throws a MeshwrightError where there is none. */
  readonly project: () => string
  readonly projectHere: () => string | undefined
  /** Ends what an interrupted run left in or around these folders, and says so. */
  readonly recover: (...roots: readonly string[]) => void
  /** Who takes the lock of a project. */
  readonly owner: LockOwner
  /** Writes the changes, all or none; with a note, such that they can be undone later. */
  readonly apply: (root: string, changes: readonly FileChange[], undo?: UndoNote) => void
  /** Runs work to its end whatever signals come; it is told whether one came. */
  readonly throughSignals: typeof throughSignals
}

export async function makeSession(line: CommandLine): Promise<Session> {
  const fs = nodeFileSystem()
  const quiet = line.flag("quiet")
  const json = line.flag("json")
  const owner: LockOwner = { pid: process.pid, isAlive }
  const cwd = process.cwd()
  const start = resolve(cwd, line.text("dest") ?? ".")
  const note = (text: string): void => void (quiet || process.stderr.write(`${text}\n`))
  // The prompts look at the environment only, when they are loaded.
  if (line.flag("no-color")) process.env["NO_COLOR"] = "1"
  const prompter = canAsk(line) ? (await import("../../adapters/inquirer-prompter.ts")).inquirerPrompter() : undefined
  const recoverAll = (...roots: readonly string[]): void => {
    // Also what was about to be created here: its folder may be half there, or not at all.
    const around = roots.flatMap((each) => [
      each,
      dirname(each),
      ...pendingRoots(fs, each),
      ...pendingRoots(fs, dirname(each)),
    ])
    for (const root of new Set([...around, ...pendingRoots(fs, cwd)])) {
      const { recovered, paths, edited } = recover(fs, root, owner)
      if (recovered !== "none")
        note(
          `An earlier run in ${root} was interrupted: ${recovered === "finished" ? "finished it" : `put ${paths.length} files back`}.`,
        )
      for (const path of edited) note(`  ${path} was edited since and stays as it is now`)
      for (const branch of tidyBranches(fs, root, owner, (made) => dropEmptyBranch(root, made)))
        note(`An earlier run in ${root} was interrupted: the empty branch ${branch} that it had made is removed.`)
    }
  }
  return {
    ports: {
      fs,
      git: gitAdapter(),
      templates: templateLoader(VERSION, { offline: line.flag("offline") || isSet("MESHWRIGHT_OFFLINE"), say: note }),
      scratch: scratchAdapter(note),
      environment: process.env,
      today: today(),
      ...(prompter ? { prompter } : {}),
    },
    cwd,
    paint: makePaint(process.stdout, line.flag("no-color")),
    json,
    verbose: line.flag("verbose"),
    print: (text) => void (quiet || json || process.stdout.write(`${text}\n`)),
    printJson: (document) => void process.stdout.write(`${JSON.stringify(document, null, 2)}\n`),
    note,
    noteUnused: (names) => {
      if (names.length > 0)
        note(`Not used, because the question does not apply with the other answers: ${names.join(", ")}`)
    },
    project: () => {
      // First of all: where creating was interrupted, there may be no meshwright.yml to find yet.
      recoverAll(start)
      const root = findProject(fs, start)
      if (root !== start) recoverAll(root)
      return root
    },
    projectHere: () => {
      try {
        return findProject(fs, start)
      } catch (error) {
        if (error instanceof MeshwrightError) return undefined
        throw error
      }
    },
    recover: recoverAll,
    throughSignals,
    owner,
    apply: (root, changes, undo) =>
      uninterrupted(() => void applyWrites(fs, root, writesOf(changes), owner, undo ? { undo } : {})),
  }
}

/** Somebody can be asked when stdin and stderr (where the questions go) are terminals, and nobody said --yes or --json. */
function canAsk(line: CommandLine): boolean {
  return Boolean(process.stdin.isTTY && process.stderr.isTTY) && !line.flag("yes") && !line.flag("json")
}

/**
 * Runs work that has to come to its end once it has begun: a signal is noted, and the work goes on. Ctrl-C also reaches
 * the programs that were started, git for one; `work` is told whether there was a signal, to do their part again. Once it
 * is done, all that is left is to say so, and a signal must not make a failure of it.
 */
async function throughSignals<T>(work: (interrupted: () => boolean) => Promise<T>): Promise<T> {
  const signals = noteSignals()
  try {
    return await work(signals.interrupted)
  } catch (error) {
    signals.release()
    throw error
  }
}

/** Runs synchronous work that a signal must not end half way: with a handler, the signal waits until the work is done. */
function uninterrupted(work: () => void): void {
  const signals = noteSignals()
  try {
    work()
  } finally {
    signals.release()
  }
}

/** From here to `release`, a signal is noted instead of ending the program. */
function noteSignals(): { readonly interrupted: () => boolean; readonly release: () => void } {
  let interrupted = false
  const note = (): void => void (interrupted = true)
  process.on("SIGINT", note).on("SIGTERM", note)
  return {
    interrupted: () => interrupted,
    release: () => void process.off("SIGINT", note).off("SIGTERM", note),
  }
}

function isSet(variable: string): boolean {
  return !["", "0", "false"].includes(process.env[variable] ?? "")
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it is there, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM"
  }
}
