import { type AbortPlan, applyAbort, copyPath, planAbort } from "../../app/update/abort-update.ts"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import { summarise } from "../../core/plan/summarise.ts"
import { EXIT } from "../exit-codes.ts"
import type { OptionName } from "../options.ts"
import type { CommandLine } from "../parse-command-line.ts"
import { changeLines, summaryText } from "../views/human.ts"
import { planDocument, SCHEMA_VERSION } from "../views/json.ts"
import type { Session } from "./session.ts"

/** Options of an update that mean nothing when it is undone. */
const OF_AN_UPDATE: readonly OptionName[] = [
  "answers",
  "set",
  "to",
  "allow-dirty",
  "conflict",
  "commit",
  "branch",
  "rebuild-lock",
  "summary",
  "made-from",
  "take",
  "keep",
]

/** `meshwright update --abort`. */
export async function runAbort(session: Session, line: CommandLine): Promise<number> {
  refuseOthers(line)
  const plan = await planAbort(session.ports, session.project())
  const dryRun = line.flag("dry-run")
  const folder = dryRun ? undefined : await session.throughSignals(() => applyAbort(session.ports, plan, session.owner))
  if (session.json) session.printJson(abortDocument(plan, dryRun, folder))
  else tell(session, plan, dryRun, folder)
  return EXIT.done
}

function refuseOthers(line: CommandLine): void {
  const others = OF_AN_UPDATE.filter((name) => line.flag(name) || line.texts(name).length > 0)
  if (others.length === 0) return
  const message = `--abort undoes the last update, and takes no ${others.map((name) => `--${name}`).join(", ")}`
  throw new MeshwrightError([problem("usage", message, { hint: "meshwright update --abort [--dry-run]" })], "usage")
}

/** The template's versions are those that the project goes from and to: the newer one comes first. */
function abortDocument(plan: AbortPlan, dryRun: boolean, folder: string | undefined): Record<string, unknown> {
  const { source, from, to } = plan.retained.journal.undo.template
  return {
    schemaVersion: SCHEMA_VERSION,
    command: "update",
    abort: true,
    template: { source, from: to, to: from },
    dryRun,
    edited: [...plan.edited.keys()].map((path) => ({
      path,
      ...(folder === undefined ? {} : { copy: copyPath(plan, folder, path) }),
    })),
    ...planDocument(plan.changes),
  }
}

function tell({ paint, print }: Session, plan: AbortPlan, dryRun: boolean, folder: string | undefined): void {
  const { changes, edited, retained } = plan
  const { name, from, to } = retained.journal.undo.template
  const versions = from === to ? from : `${to} → ${from}`
  print(
    paint(
      "bold",
      `${name} ${versions}: ${dryRun ? "would undo" : "undid"} the last update, ${summaryText(summarise(changes))}`,
    ),
  )
  const lines = changeLines(changes, paint)
  if (lines.length > 0) print(lines.join("\n"))
  if (edited.size === 0) return
  print(
    [
      "",
      paint(
        "yellow",
        dryRun ? "Edited since the update, and to be copied before:" : "Edited since the update, so a copy was made:",
      ),
      ...[...edited.keys()].map((path) => `  ${folder === undefined ? path : copyPath(plan, folder, path)}`),
    ].join("\n"),
  )
}
