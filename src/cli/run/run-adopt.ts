import { existsSync } from "node:fs"
import { relative, resolve, sep } from "node:path"
import { generators } from "../../../generators/index.ts"
import { type AdoptPlan, planAdopt } from "../../app/adopt/adopt-project.ts"
import type { AdoptRequest } from "../../app/adopt/adopt-request.ts"
import { recordable } from "../../core/lock/next-lock.ts"
import { type Diagnostic, MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import { conflictPaths } from "../../core/plan/summarise.ts"
import { shellWord } from "../../core/render/quote.ts"
import { EXIT } from "../exit-codes.ts"
import { spellingOf } from "../options.ts"
import { type CommandLine, parseSettings } from "../parse-command-line.ts"
import { adoptDocument, adoptMessage, adoptSummary, adoptText, appliedText } from "../views/adopt.ts"
import { diagnosticsText } from "../views/human.ts"
import type { UpdateView } from "../views/update.ts"
import { readAnswersFiles } from "./answers-file.ts"
import { styleOf, viewOf } from "./run-update.ts"
import type { Session } from "./session.ts"
import { openSummary } from "./summary-file.ts"
import { readWriteRequest, tellCommit, writeUpdate } from "./write-update.ts"

/** `meshwright adopt`. */
export async function runAdopt(session: Session, line: CommandLine): Promise<number> {
  if (line.flag("abort")) return (await import("./run-abort.ts")).runAbort(session, line)
  const root = resolve(session.cwd, line.text("dest") ?? ".")
  session.recover(root)
  const dryRun = line.flag("dry-run")
  const request = adoptRequest(session, root, line)
  const writing = await readWriteRequest(session, root, line)
  const foreign = async () => (await import("../../adapters/foreign-templates.ts")).foreignTemplates()
  const plan = await planAdopt(session.ports, foreign, request)
  session.noteUnused(plan.given.unused)
  tellRemarks(session, plan.remarks)
  const view = differencesOnly(viewOf(plan, line, true))
  const isShown = line.text("summary") !== "-"
  if (isShown) session.print(adoptText(plan, session.paint, { ...view, dryRun }))
  if (!dryRun) await confirmPlan(session)
  const summary = openSummary(session, line, plan)
  const written = await writeUpdate(session, plan, writing, () => adoptMessage(plan)).catch((error: unknown) => {
    summary?.abandon()
    throw error
  })
  summary?.write(adoptSummary(plan, { ...view, dryRun }))
  const repeat = repeatCommand(session, line, plan)
  if (session.json && written.failure === undefined)
    session.printJson(adoptDocument(plan, { ...view, dryRun }, written, repeat))
  else if (isShown) {
    const applied = dryRun ? "" : appliedText(plan, session.paint, { ...view, dryRun }, written, session.cwd)
    const again = session.ports.prompter === undefined ? "" : `The same again, without questions:\n  ${repeat}`
    for (const text of [applied, again]) if (text !== "") session.print(text)
  }
  tellCommit(isShown ? session : { print: session.note }, written)
  return conflictPaths(plan.changes).length > 0 ? EXIT.personNeeded : EXIT.done
}

/** Of files that stay as they are, nobody has to read what is the same in the template. */
function differencesOnly(view: UpdateView): UpdateView {
  const explanations = [...view.explanations].map(([change, { merged, yours }]) => {
    if (change.reason !== "kept-on-adopting") return [change, { merged, yours }] as const
    const places = merged.filter(({ from, what }) => from !== "both" && (what !== "layout" || view.verbose))
    const told = places.map((place) => ({ ...place, from: "ours" as const }))
    return [change, { merged: told, yours, isComparison: true }] as const
  })
  return { ...view, explanations: new Map(explanations) }
}

function adoptRequest({ cwd }: Session, root: string, line: CommandLine): AdoptRequest {
  const [source] = line.positionals
  if (source === undefined)
    throw new MeshwrightError(
      [problem("usage", "adopt needs the template: SOURCE is missing", { hint: "meshwright adopt builtin:domain" })],
      "usage",
    )
  const [to, base] = [line.text("to"), line.text("made-from")]
  return {
    root,
    cwd,
    source: builtinOf(cwd, source),
    ...(to === undefined ? {} : { to }),
    ...(base === undefined ? {} : { base }),
    take: line.texts("take"),
    keep: line.texts("keep"),
    trust: line.flag("trust"),
    flag: parseSettings(line.texts("set")),
    ...readAnswersFiles(line.texts("answers")),
    ...(line.text("conflict") === undefined ? {} : { conflictStyle: styleOf(line) }),
  }
}

/** `domain`, as with `new`, where no folder is called so. */
function builtinOf(cwd: string, source: string): string {
  const kind = generators.find(({ name }) => name === source)
  return kind === undefined || existsSync(resolve(cwd, source)) ? source : kind.template
}

function tellRemarks({ note, paint, json }: Session, remarks: readonly Diagnostic[]): void {
  if (remarks.length > 0 && !json) note(diagnosticsText(remarks, paint))
}

async function confirmPlan({ ports: { prompter } }: Session): Promise<void> {
  if (prompter === undefined || (await prompter.confirm("Do this?", true))) return
  throw new MeshwrightError([problem("interrupted", "nothing was changed")], "interrupted")
}

/** The command that does the same in automation. */
function repeatCommand({ cwd }: Session, line: CommandLine, { root, template, given }: AdoptPlan): string {
  const folder = relative(cwd, root).split(sep).join("/")
  const answers = Object.entries(recordable(given.answers, template.manifest.questions))
  const option = (name: "to" | "made-from" | "conflict"): string[] => {
    const value = line.text(name)
    return value === undefined ? [] : [`--${spellingOf(name)}`, value]
  }
  return [
    "meshwright",
    "adopt",
    line.positionals[0] ?? "",
    ...(folder === "" ? [] : ["--dest", folder]),
    ...option("to"),
    ...option("made-from"),
    ...option("conflict"),
    ...line.texts("take").flatMap((glob) => ["--take", glob]),
    ...line.texts("keep").flatMap((glob) => ["--keep", glob]),
    ...answers.flatMap(([name, value]) => ["--set", `${name}=${String(value)}`]),
    "--yes",
  ]
    .map(shellWord)
    .join(" ")
}
