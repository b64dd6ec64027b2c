import { isSystemError } from "../../app/transaction/system-error.ts"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import { commandOf, COMMANDS } from "../commands.ts"
import { EXIT, exitCodeOf } from "../exit-codes.ts"
import { forTerminal, programHelp } from "../help.ts"
import { type CommandLine, findCommand, parseCommandLine } from "../parse-command-line.ts"
import { errorDocument } from "../views/json.ts"
import { errorText } from "../views/human.ts"
import { makePaint } from "../views/paint.ts"
import { makeSession, type Session } from "./session.ts"

type Run = (session: Session, line: CommandLine) => Promise<number>

const RUNS: Readonly<Record<string, () => Promise<Run>>> = {
  new: async () => (await import("./run-new.ts")).runNew,
  add: async () => (await import("./run-add.ts")).runAdd,
  update: async () => (await import("./run-update.ts")).runUpdate,
  adopt: async () => (await import("./run-adopt.ts")).runAdopt,
  check: async () => (await import("./run-check.ts")).runCheck,
  diff: async () => (await import("./run-diff.ts")).runDiff,
  "template lint": async () => (await import("./run-template-lint.ts")).runTemplateLint,
  "template test": async () => (await import("./run-template-test.ts")).runTemplateTest,
  "template preview": async () => (await import("./run-template-preview.ts")).runTemplatePreview,
  "template diff": async () => (await import("./run-template-diff.ts")).runTemplateDiff,
  status: async () => (await import("./run-status.ts")).runStatus,
}

/** Runs the program with the arguments after its name. Returns the exit code; prints results on stdout, all else on stderr. */
export async function run(args: readonly string[]): Promise<number> {
  const json = args.includes("--json")
  const paint = makePaint(process.stderr, args.includes("--no-color"))
  for (const stream of [process.stdout, process.stderr]) stream.on("error", ignoreClosedPipe)
  try {
    if (args[0] === undefined || args[0].startsWith("-")) return await runBare(args)
    const { command, rest } = findCommand(args)
    return await start(command.name, parseCommandLine(command, rest))
  } catch (error) {
    const failure = error instanceof MeshwrightError ? error : unexpected(error)
    if (json) process.stdout.write(`${JSON.stringify(errorDocument(nameOf(args), failure), null, 2)}\n`)
    else process.stderr.write(errorText(failure, paint))
    if (failure !== error && !isSystemError(error))
      process.stderr.write(`${String(error instanceof Error ? error.stack : error)}\n`)
    return exitCodeOf(failure.kind)
  }
}

/** What the run was asked to do, also where that is no command. */
function nameOf(args: readonly string[]): string {
  return commandOf(args)?.command.name ?? args.find((arg) => !arg.startsWith("-")) ?? ""
}

/** Who pipes the output into `head` has read enough; what the run does must not depend on it. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error
}

/** What nobody foresaw, as an error like the others: a file that may not be read, or a fault of ours. */
function unexpected(error: unknown): MeshwrightError {
  const message = error instanceof Error ? error.message : String(error)
  const found = isSystemError(error)
    ? problem("system", message)
    : problem("internal", `meshwright has a fault: ${message}`, {
        hint: "please report it, with what is printed below on stderr",
      })
  return new MeshwrightError([found], "failed", { cause: error })
}

/** `meshwright` alone: the state of the project here; elsewhere a new project, where somebody can be asked. */
async function runBare(args: readonly string[]): Promise<number> {
  const command = COMMANDS.find(({ name }) => name === "new")
  if (!command) throw new Error("the command new is gone")
  const line = parseCommandLine(command, args)
  const session = await makeSession(line)
  if (session.projectHere() !== undefined) return start("status", line, session)
  if (session.ports.prompter) return start("new", line, session)
  process.stderr.write(forTerminal(programHelp(), process.stderr.columns))
  return EXIT.usage
}

async function start(name: string, line: CommandLine, known?: Session): Promise<number> {
  const load = RUNS[name]
  if (!load) throw new Error(`the command ${name} does nothing`)
  const [runCommand, session] = await Promise.all([load(), known ?? makeSession(line)])
  return runCommand(session, line)
}
