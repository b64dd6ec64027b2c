import { mkdtempSync, realpathSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import type { Ended, Workbench } from "../app/ports/workbench.ts"
import { memoryFileSystem } from "./memory-file-system.ts"

// A test of a template is short; what hangs must not hang a pipeline.
const LONGEST = 600_000

/** Folders for temporary files, and processes of this machine. */
export function workbench(): Workbench {
  const stopped = new AbortController()
  return {
    memory: () => memoryFileSystem(),
    folder: () => realpathSync(mkdtempSync(join(tmpdir(), "meshwright-test-"))),
    remove: (folder) => rmSync(folder, { recursive: true, force: true }),
    run: async ([program = "", ...args], folder, environment): Promise<Ended> => {
      const result = await execa(program, args, {
        cwd: folder,
        env: environment,
        extendEnv: false,
        all: true,
        reject: false,
        stdin: "ignore",
        timeout: LONGEST,
        cancelSignal: stopped.signal,
        forceKillAfterDelay: 2000,
      })
      const words = result.exitCode === undefined ? result.shortMessage : ""
      return { exitCode: result.exitCode ?? null, output: [result.all, words].filter((part) => part !== "").join("\n") }
    },
    stop: () => stopped.abort(),
    stopped: () => stopped.signal.aborted,
    now: () => performance.now(),
  }
}
