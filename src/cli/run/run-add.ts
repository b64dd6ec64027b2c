import { generatorReader } from "../../adapters/generators/read-generators.ts"
import { plopfileRunner } from "../../adapters/plop/plopfiles.ts"
import { type AddPlan, listGenerators, planAdd } from "../../app/add/add-to-project.ts"
import { diffOfChanges } from "../../app/diff-project.ts"
import type { AddPorts } from "../../app/ports/add-ports.ts"
import { lookAtWorkTree, refuseBusy } from "../../app/work-tree.ts"
import { recordable } from "../../core/lock/next-lock.ts"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import { isUpToDate } from "../../core/plan/summarise.ts"
import { shellWord } from "../../core/render/quote.ts"
import { EXIT } from "../exit-codes.ts"
import { type CommandLine, parseSettings } from "../parse-command-line.ts"
import { changeLines, diagnosticsText, diffText } from "../views/human.ts"
import { planDocument, SCHEMA_VERSION } from "../views/json.ts"
import { readAnswersFiles } from "./answers-file.ts"
import type { Session } from "./session.ts"

/** `meshwright add`. */
export async function runAdd(session: Session, line: CommandLine): Promise<number> {
  const root = session.project()
  if (line.flag("list")) return list(session, line, root)
  const [generator, name] = line.positionals
  if (generator === undefined && !session.ports.prompter) throw nothingToAdd()
  const plan = await planAdd(addPorts(session), {
    root,
    ...(generator === undefined ? {} : { generator }),
    ...(name === undefined ? {} : { name }),
    flag: parseSettings(line.texts("set")),
    ...readAnswersFiles(line.texts("answers")),
    trust: line.flag("trust"),
    say: session.note,
  })
  session.noteUnused(plan.given.unused)
  if (plan.given.remarks.length > 0) session.note(diagnosticsText(plan.given.remarks, session.paint))
  noteFailure(session, plan.failure)
  const dryRun = line.flag("dry-run")
  if (!isUpToDate(plan.changes) && !dryRun) {
    await confirm(session, plan)
    await write(session, plan, line.flag("allow-dirty"))
  }
  const repeat = repeatCommand(plan)
  if (session.json) session.printJson(addDocument(plan, dryRun, repeat))
  else tell(session, plan, dryRun, repeat)
  return EXIT.done
}

function addPorts({ ports }: Session): AddPorts {
  return { ...ports, generators: generatorReader(), plopfiles: plopfileRunner(process.env) }
}

async function list(session: Session, line: CommandLine, root: string): Promise<number> {
  const request = { root, trust: line.flag("trust"), say: session.note }
  const { generators, untrusted, failure } = await listGenerators(addPorts(session), request)
  noteFailure(session, failure)
  for (const file of untrusted) session.note(`${file} has more, and is code: --trust runs it to list them.`)
  if (session.json) session.printJson({ schemaVersion: SCHEMA_VERSION, command: "add", generators, untrusted })
  const width = Math.max(...generators.map(({ name }) => name.length))
  for (const { name, origin, description } of generators) {
    const from = origin === "builtin" ? "" : session.paint("dim", `  (${ORIGINS[origin]})`)
    session.print(`  ${name.padEnd(width)}  ${description}${from}`)
  }
  return EXIT.done
}

const ORIGINS = { template: "of the template", plopfile: "of the template's plopfile" } as const

async function confirm({ ports, paint }: Session, { changes, ours, secrets }: AddPlan): Promise<void> {
  const { prompter } = ports
  if (!prompter) return
  const diffs = diffOfChanges(
    ours,
    changes.filter(({ action }) => action !== "create"),
    secrets,
  )
  prompter.say(
    ["", ...changeLines(changes, paint), ...(diffs.length > 0 ? ["", diffText(diffs, paint)] : []), ""].join("\n"),
  )
  if (!(await prompter.confirm("Write this?", true)))
    throw new MeshwrightError([problem("interrupted", "nothing was written")], "interrupted")
}

async function write(
  { ports, apply, throughSignals, note }: Session,
  plan: AddPlan,
  allowDirty: boolean,
): Promise<void> {
  refuseBusy(ports, plan.root)
  // Data only adds; what code does to a file that is not as it was committed could not be told from what was there.
  if (plan.generator.origin === "plopfile")
    await lookAtWorkTree(ports, plan.root, plan.changes, { allowDirty, commit: false })
  await throughSignals((interrupted) => {
    apply(plan.root, plan.changes)
    if (interrupted()) note("The interruption came when the files were written: all of them are.")
    return Promise.resolve()
  })
}

function tell({ paint, print, verbose }: Session, plan: AddPlan, dryRun: boolean, repeat: string): void {
  const { changes, ours, given, nextSteps, secrets } = plan
  if (isUpToDate(changes)) {
    print("Nothing to do: all of it is there already.")
    return
  }
  print(paint("green", dryRun ? "Would write:" : "Written:"))
  print(changeLines(changes, paint).join("\n"))
  if (dryRun || verbose) print(`\n${diffText(diffOfChanges(ours, changes, secrets), paint)}`)
  const assumed = Object.entries(given.assumed)
  if (assumed.length > 0)
    print(
      paint("dim", `Not asked, so assumed: ${assumed.map(([name, value]) => `${name}=${String(value)}`).join(", ")}`),
    )
  if (dryRun) return
  if (nextSteps.length > 0) print(["", "Next:", ...nextSteps.map((step) => `  ${step}`)].join("\n"))
  print(["", paint("dim", "The same again, without questions:"), `  ${repeat}`].join("\n"))
}

/** That the template could not be read is told, also where it is not needed. */
function noteFailure({ note, paint }: Session, failure: MeshwrightError | undefined): void {
  if (!failure) return
  const remarks = failure.diagnostics.map((each) => ({ ...each, severity: "warning" as const }))
  note(`${diagnosticsText(remarks, paint)}\nThe template's own generators are not looked at.`)
}

/** The command that adds the same in automation. */
function repeatCommand({ generator, given, questions }: AddPlan): string {
  const settings = Object.entries(recordable(given.answers, questions)).flatMap(([key, value]) => [
    "--set",
    `${key}=${String(value)}`,
  ])
  const trust = generator.origin === "plopfile" ? ["--trust"] : []
  return ["meshwright", "add", generator.name, ...settings, ...trust, "--yes"].map((word) => shellWord(word)).join(" ")
}

function addDocument(plan: AddPlan, dryRun: boolean, repeat: string): Record<string, unknown> {
  const { generator, given, questions, changes, nextSteps } = plan
  return {
    schemaVersion: SCHEMA_VERSION,
    command: "add",
    generator: { name: generator.name, origin: generator.origin },
    dryRun,
    answers: recordable(given.answers, questions),
    assumed: Object.keys(given.assumed),
    ...planDocument(changes),
    nextSteps,
    repeat,
  }
}

function nothingToAdd(): MeshwrightError {
  const hint = "meshwright add GENERATOR; `meshwright add --list` tells which there are"
  return new MeshwrightError([problem("usage", "add needs to know what", { hint })], "usage")
}
