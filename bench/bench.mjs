// npm run bench [-- --rounds N] [--only WORDS] [--check]: how long the program takes, in units of starting node on the same
// machine, so that results of different machines compare. --only takes the cases whose names have one of the words, such
// as `--only new,merge`. With --check, a missed target is a failure.
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { main, setUp } from "../scripts/setup/set-up.mjs"
import { steps } from "../scripts/setup/steps.mjs"
import { cases, targets, UNIT } from "./cases.mjs"
import { useCleanEnvironment } from "./execute.mjs"
import { measure } from "./measure.mjs"
import { printCases, printTargets } from "./report.mjs"

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "15" },
    only: { type: "string", default: "" },
    check: { type: "boolean", default: false },
  },
})

await main(async () => {
  await setUp(steps.nodeModules, steps.built, steps.copier, steps.cruft)
  const words = options.only.split(",")
  const chosen = cases.filter(({ name }) => name === UNIT || words.some((word) => name.includes(word)))
  const folder = mkdtempSync(join(tmpdir(), "meshwright-bench-"))
  try {
    useCleanEnvironment(join(folder, "home"))
    const measured = measure(chosen, folder, Number(options.rounds))
    printCases(measured, UNIT)
    const reached = printTargets(targets, measured, UNIT)
    return options.check && !reached ? 1 : 0
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
