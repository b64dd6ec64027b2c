// npm run bench [-- --rounds N] [--check]: how long the program takes, in units of starting node on the same machine, so
// that results of different machines compare. With --check, a missed target is a failure.
import { spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { main, setUp } from "../scripts/setup/set-up.mjs"
import { steps } from "../scripts/setup/steps.mjs"
import { cases } from "./cases.mjs"

const { values: options } = parseArgs({
  options: { rounds: { type: "string", default: "15" }, check: { type: "boolean", default: false } },
})

/** No settings of the user's git, and somebody to commit as. */
const env = {
  ...process.env,
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "Bench",
  GIT_AUTHOR_EMAIL: "bench@example.com",
  GIT_COMMITTER_NAME: "Bench",
  GIT_COMMITTER_EMAIL: "bench@example.com",
}

await main(async () => {
  await setUp(steps.nodeModules, steps.built, steps.copier)
  const rounds = Number(options.rounds)
  // A round before the counted ones fills the caches of the disk. Cases take turns, so that a machine that is busy for a
  // while slows them all.
  for (const each of cases) measure(each)
  const times = cases.map(() => [])
  for (let round = 0; round < rounds; round++) cases.forEach((each, index) => times[index].push(measure(each)))
  return report(times, rounds)
})

/** Milliseconds of one run in a fresh folder. */
function measure({ name, prepare, proof }) {
  const folder = mkdtempSync(join(tmpdir(), "meshwright-bench-"))
  try {
    const [command, ...args] = prepare(folder)
    const start = process.hrtime.bigint()
    const { status, error, stderr } = spawnSync(command, args, { cwd: folder, env, encoding: "utf8" })
    const elapsed = Number(process.hrtime.bigint() - start) / 1e6
    if (status !== 0) throw new Error(`${name} failed: ${error ? error.message : stderr}`)
    if (proof !== undefined && !existsSync(join(folder, proof))) throw new Error(`${name} did not make ${proof}`)
    return elapsed
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function report(times, rounds) {
  const unit = median(times[0])
  const rows = cases.map(({ name, target }, index) => {
    const ratio = median(times[index]) / unit
    return { name, ratio, target, missed: target !== undefined && ratio > target, times: times[index] }
  })
  console.log(`\n${rounds} rounds; ratio: median to that of ${cases[0].name}; times in ms\n`)
  console.log(line("", "ratio", "target", "min", "median", "max"))
  for (const { name, ratio, target, missed, times: each } of rows) {
    const shown = [Math.min(...each), median(each), Math.max(...each)].map((time) => time.toFixed(0))
    console.log(
      line(name, ratio.toFixed(2), target === undefined ? "" : `<= ${target}`, ...shown) + (missed ? "  missed" : ""),
    )
  }
  return options.check && rows.some(({ missed }) => missed) ? 1 : 0
}

function line(name, ...columns) {
  return name.padEnd(34) + columns.map((column) => column.padStart(9)).join("")
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
