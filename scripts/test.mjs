// npm test: sets up what is missing, then runs every stage below. `npm test -- lint unit` runs those two; what follows the
// first word with a dash goes to vitest, as in `npm test -- unit -t "merge"`.
import { mkdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { openly } from "./setup/command.mjs"
import { cache, root } from "./setup/places.mjs"
import { SetupProblem } from "./setup/problem.mjs"
import { main, setUp } from "./setup/set-up.mjs"
import { steps } from "./setup/steps.mjs"

const ALL_TOOLS = ["built", "dbt1", "dbt2", "duckdbLibrary", "copier", "cruft"]

/** Colours are for terminals, not for the logs of a CI system. */
const env = process.stdout.isTTY ? process.env : { ...process.env, NO_COLOR: "1" }

const STAGES = [
  check("format", "oxfmt", ["--check"]),
  check("lint", "oxlint", ["--type-aware", "--deny-warnings"]),
  check("types", "tsc", []),
  tests("unit"),
  tests("contract", ["built"]),
  tests("scenarios", ["built", "dbt1"]),
  tests("e2e", ALL_TOOLS),
  check("knip", "knip", []),
  check("publint", "publint", ["--strict"], ["built"]),
]

await main(async () => {
  const { chosen, forVitest } = parse(process.argv.slice(2))
  const needed = new Set(["nodeModules", ...chosen.flatMap(({ needs }) => needs)])
  await setUp(...[...needed].map((name) => steps[name]))

  const results = []
  for (const { name, run } of chosen) {
    console.log(`\n── ${name} ──`)
    const start = performance.now()
    results.push({ name, ...(await run(forVitest)), seconds: (performance.now() - start) / 1000 })
  }
  return report(results)
})

function parse(args) {
  const dash = args.findIndex((arg) => arg.startsWith("-"))
  const names = dash < 0 ? args : args.slice(0, dash)
  const unknown = names.filter((name) => !STAGES.some((stage) => stage.name === name))
  if (unknown.length > 0)
    throw new SetupProblem(
      `There is no stage ${unknown.join(", ")}.`,
      `Stages: ${STAGES.map(({ name }) => name).join(", ")}`,
    )
  return {
    chosen: names.length === 0 ? STAGES : STAGES.filter(({ name }) => names.includes(name)),
    forVitest: dash < 0 ? [] : args.slice(dash),
  }
}

/** A stage that is one command, and passes when it exits with 0. */
function check(name, command, args, needs = []) {
  const run = async () => ({ ok: (await openly(installed(command), args, { cwd: root, env })) === 0 })
  return { name, needs, run }
}

/** A stage that is a project of vitest.config.ts. */
function tests(name, needs = []) {
  const file = join(cache, "test-reports", `${name}.json`)
  const run = async (more) => {
    mkdirSync(join(cache, "test-reports"), { recursive: true })
    rmSync(file, { force: true })
    const args = [
      "run",
      "--project",
      name,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${file}`,
      ...more,
    ]
    const ok = (await openly(installed("vitest"), args, { cwd: root, env })) === 0
    return { ok, ...counts(file) }
  }
  return { name, needs, run }
}

function installed(command) {
  return join(root, "node_modules", ".bin", command)
}

/** A test file that did not load has no tests in the report, and counts as one that failed. */
function counts(file) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(readFileSync(file, "utf8"))
    const broken = testResults.filter(
      ({ status, assertionResults }) =>
        status === "failed" && assertionResults.every((test) => test.status !== "failed"),
    )
    return { passed: numPassedTests, failed: numFailedTests + broken.length, skipped: numPendingTests }
  } catch {
    // vitest ended before it could write: the stage itself counts as failed.
    return { passed: 0, failed: 0, skipped: 0 }
  }
}

/** The last line is for machines. Tests are counted; so is a stage that failed in another way than by a failed test. */
function report(results) {
  console.log()
  for (const { name, ok, passed, failed, skipped, seconds } of results) {
    const tested =
      passed === undefined ? "" : `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`
    console.log(
      `${ok ? "ok    " : "FAILED"}  ${name.padEnd(10)} ${`${seconds.toFixed(1)} s`.padStart(8)}  ${tested}`.trimEnd(),
    )
  }
  const passed = results.reduce((sum, result) => sum + (result.passed ?? 0), 0)
  const failed = results.reduce((sum, result) => sum + Math.max(result.failed ?? 0, result.ok ? 0 : 1), 0)
  console.log(`\n${passed} passed, ${failed} failed`)
  return failed === 0 && results.every(({ ok }) => ok) ? 0 : 1
}
