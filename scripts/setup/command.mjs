import { spawn } from "node:child_process"
import { remedyFor, SetupProblem } from "./problem.mjs"

/** Runs a command in silence. When it fails, throws a SetupProblem. */
export async function quietly(command, args, options = {}) {
  const { status, output } = await outputOf(command, args, options)
  if (status !== 0) throw failure([command, ...args].join(" "), status, output)
  return output
}

/** Start and end of what a failed command said: npm tells the reason first, pip last. */
export function failure(command, status, output) {
  const lines = output.trim().split("\n")
  const shown = lines.length > 30 ? [...lines.slice(0, 10), "…", ...lines.slice(-15)] : lines
  return new SetupProblem(`${command}\nfailed (exit code ${status}).`, remedyFor(output), shown.join("\n"))
}

/** Status and whole output of a command; status 127 when there is no such program, as in a shell. */
export function outputOf(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] })
    let output = ""
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text))
    child.on("error", (error) => resolve({ status: 127, output: error.message }))
    child.on("close", (code, signal) => resolve({ status: code ?? signal, output }))
  })
}

/** Runs a command that shows its output itself. Resolves with its exit status. */
export function openly(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: "inherit" })
    child.on("error", (error) => {
      console.error(`${command}: ${error.message}`)
      resolve(127)
    })
    child.on("close", (code) => resolve(code ?? 1))
  })
}
