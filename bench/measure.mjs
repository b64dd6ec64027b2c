import { mkdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { execute } from "./execute.mjs"

const reportMemory = fileURLToPath(new URL("report-memory.mjs", import.meta.url))

/**
 * Runs every case once, which checks it and fills the caches of the disk, and then `rounds` times; slow ones every fifth
 * time. Cases take turns, so that a machine that is busy for a while slows them all. Returns each case with its times in
 * milliseconds and, where the command is node, its memory in MB.
 */
export function measure(cases, folder, rounds) {
  const measured = cases.map(({ name, slow = false, prepare }, index) => {
    process.stderr.write(`  ${name}\n`)
    const place = join(folder, String(index))
    mkdirSync(place)
    const prepared = prepare(place)
    run(prepared)
    prepared.check?.()
    return { name, slow, prepared, times: [], memory: memoryOf(prepared, join(folder, "memory")) }
  })
  for (let round = 0; round < rounds; round++) {
    process.stderr.write(`  round ${round + 1} of ${rounds}\n`)
    for (const { slow, prepared, times } of measured) if (!slow || round % 5 === 0) times.push(run(prepared))
  }
  return measured
}

function run({ command: [program, ...args], cwd, restore }) {
  restore?.()
  return execute(program, args, cwd).time
}

function memoryOf({ command: [program, ...args], cwd, restore }, file) {
  if (program !== process.execPath) return undefined
  restore?.()
  process.env.BENCH_MEMORY = file
  execute(program, ["--import", reportMemory, ...args], cwd)
  return Number(readFileSync(file, "utf8")) / 1024
}
