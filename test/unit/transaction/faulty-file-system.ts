import type { FileSystem } from "../../../src/app/ports/file-system.ts"
import { guardCalls } from "./guard-calls.ts"

/** What happens at the fatal call: it fails, once; or the process dies before it, or in the midst of it. */
export type Fault = "fails" | "dies" | "dies-midway"

export class Killed extends Error {}

export interface FaultyFileSystem {
  readonly fs: FileSystem
  /** How many changing calls were made, the fatal one included. */
  readonly calls: () => number
}

/** `fs`, whose changing call with the number `fatal` (from 1) does not work. A dead process makes no call any more. */
export function faultyFileSystem(fs: FileSystem, fatal: number, fault: Fault, code = "ENOSPC"): FaultyFileSystem {
  let calls = 0
  const guarded = guardCalls(fs, (run, midway) => {
    calls += 1
    if (calls < fatal || (fault === "fails" && calls > fatal)) return run()
    if (fault === "fails") throw Object.assign(new Error(`${code}: told to fail`), { code })
    if (fault === "dies-midway" && calls === fatal) midway()
    throw new Killed()
  })
  return { fs: guarded, calls: () => calls }
}
