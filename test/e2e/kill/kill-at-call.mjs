// Loaded before the program: ends it with SIGKILL at its Nth call that changes the disk (KILL_AT_CALL, from 1).
import fs from "node:fs"
import { syncBuiltinESMExports } from "node:module"

const fatal = Number(process.env.KILL_AT_CALL)
let calls = 0

for (const name of [
  "mkdirSync",
  "writeFileSync",
  "writeSync",
  "openSync",
  "renameSync",
  "linkSync",
  "symlinkSync",
  "copyFileSync",
  "chmodSync",
  "fchmodSync",
  "fsyncSync",
  "unlinkSync",
  "rmSync",
  "rmdirSync",
]) {
  const real = fs[name]
  fs[name] = (...args) => {
    calls += 1
    if (calls === fatal) process.kill(process.pid, "SIGKILL")
    return real(...args)
  }
}
syncBuiltinESMExports()
