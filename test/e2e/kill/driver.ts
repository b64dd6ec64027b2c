// The process that is killed: `driver.js ACTION ROOT CASE CALL`. Bundled by the test.
import { writeSync } from "node:fs"
import { nodeFileSystem } from "../../../src/adapters/node-file-system.ts"
import type { FileSystem } from "../../../src/app/ports/file-system.ts"
import { applyWrites } from "../../../src/app/transaction/apply-writes.ts"
import { recover } from "../../../src/app/transaction/recover.ts"
import { caseOf } from "../../unit/transaction/cases.ts"
import { guardCalls } from "../../unit/transaction/guard-calls.ts"
import { flip, isAlive } from "./flip.ts"

const [action = "", root = "", title = "", call = "0"] = process.argv.slice(2)
const owner = { pid: process.pid, isAlive }
const fs = killedAt(nodeFileSystem(), Number(call))

switch (action) {
  case "apply":
    applyWrites(fs, root, caseOf(title).writes, owner)
    break
  case "recover":
    recover(fs, root, owner)
    break
  case "hold":
    applyWrites(fs, root, caseOf(title).writes, owner, { onPath: hold })
    break
  case "flip":
    for (let even = true; ; even = !even) applyWrites(fs, root, flip(even), owner)
  default:
    throw new Error(`no action ${action}`)
}

function hold(): void {
  writeSync(1, "holding\n")
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000)
}

/** `fs`, whose changing call with the number `fatal` (from 1) is never made. */
function killedAt(real: FileSystem, fatal: number): FileSystem {
  let calls = 0
  return guardCalls(real, (run) => {
    calls += 1
    if (calls === fatal) process.kill(process.pid, "SIGKILL")
    return run()
  })
}
