import { outputOf } from "./command.mjs"
import { SetupProblem } from "./problem.mjs"

const OLDEST_NODE = [20, 19]

/**
 * Takes the steps that are not ready yet, and shows them. A step is {title, ready(), make()}: ready tells whether there is
 * nothing to do; make does it, and leaves the mark that ready looks for as the last thing, so that an interrupted step is
 * taken again.
 */
export async function setUp(...steps) {
  await checkMachine()
  for (const [index, { title, ready, make }] of steps.entries()) {
    process.stderr.write(`[${index + 1}/${steps.length}] ${title} … `)
    if (await ready()) {
      process.stderr.write("ready\n")
      continue
    }
    const start = performance.now()
    try {
      await make()
    } catch (error) {
      process.stderr.write("failed\n")
      throw error
    }
    process.stderr.write(`${Math.ceil((performance.now() - start) / 1000)} s\n`)
  }
}

/** Runs a script's main function; a problem that a person can mend is told in words and ends with exit code 1. */
export async function main(run) {
  try {
    process.exitCode = (await run()) ?? 0
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error
    if (error.details) console.error(`\n${error.details}`)
    console.error(`\n${error.message}\n\n→ ${error.remedy}`)
    process.exitCode = 1
  }
}

async function checkMachine() {
  const [major, minor] = process.versions.node.split(".").map(Number)
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]))
    throw new SetupProblem(`This is Node ${process.versions.node}.`, `Install Node ${OLDEST_NODE.join(".")} or newer.`)
  if ((await outputOf("git", ["--version"])).status !== 0)
    throw new SetupProblem("git is not installed.", "Install it; on Debian and Ubuntu: sudo apt install git")
}
