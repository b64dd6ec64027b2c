import type { UpdatePlan } from "../../app/update/update-project.ts"
import type { Explanations } from "../../core/explain/explain-changes.ts"
import type { FileChange } from "../../core/model/change.ts"
import type { Conflict } from "../../core/model/conflict.ts"
import { isUpToDate, summarise, withoutRecords } from "../../core/plan/summarise.ts"
import { isSameState } from "../../core/template/layer-versions.ts"
import { tellExplanation } from "./explain.ts"
import { conflictAdviceMarkdown, conflictWords } from "./conflicts.ts"
import { isWorthTelling, reasonText, restoredTexts, summaryText } from "./human.ts"
import { code, embedded, plainText, table } from "./markdown.ts"
import { raisedLayer, versionsText } from "./layers.ts"
import { migrationLines, remarkText, restText, type UpdateView } from "./update.ts"

/** The first line of every summary: by it an older one is known, and may be written over. */
export const SUMMARY_MARK = "<!-- meshwright update -->"

// A merge request has a limit, and its reader too.
const MOST_FILES = 200
const MOST_PLACES = 12
const MOST_KEPT = 50

/** What an update does as Markdown, for a merge request. */
export function updateSummary(plan: UpdatePlan, view: UpdateView): string {
  const { template, changes } = plan
  const files = withoutRecords(changes)
  const numbers = isUpToDate(files) ? "No file changes" : summaryText(summarise(changes))
  const sections = [
    [SUMMARY_MARK, `# ${titleOf(plan)}`],
    [
      `Template ${code(template.ref.source)} ${plainText(versionsText(plan))}: ${numbers}.${view.dryRun ? " Nothing is written yet." : ""}`,
    ],
    conflictSection(plan, view),
    [restText(plan) ?? []].flat(),
    migrationLines(plan, view.dryRun).map((line) => `- ${plainText(line)}`),
    fileSection(plan, view),
    answerSection(plan),
    keptSection(plan, view),
    // Last: it is somebody else's text, and must not end up around anything that has to be read.
    ...noteSection(plan),
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`
}

function titleOf(plan: UpdatePlan): string {
  const { manifest, ref } = plan.template
  const [name, version] = [plainText(manifest.name), plainText(ref.version)]
  const raised = raisedLayer(plan)
  if (raised === undefined) return `Update ${name} ${version}`
  const [from, to] = [plainText(raised.from), plainText(raised.to)]
  if (raised.depth === 0) return `Update ${name} from ${from} to ${to}`
  return `Update ${name} ${version}: ${plainText(raised.name)} from ${from} to ${to}`
}

export function conflictSection({ changes, secrets }: UpdatePlan, { style, explanations }: UpdateView): string[] {
  const open = changes.filter(({ status }) => status === "conflict")
  if (open.length === 0) return []
  const items = open.flatMap((change) =>
    (change.conflicts ?? []).map((conflict) => `- [ ] ${secrets.hide(conflictText(conflict, change, explanations))}`),
  )
  return ["## To decide", "", ...items, "", conflictAdviceMarkdown(style, changes)]
}

function conflictText(conflict: Conflict, change: FileChange, explanations: Explanations): string {
  const { path, at, line } = conflict
  const where = [code(path), ...(at === "" ? [] : [at.startsWith("lines ") ? at : code(at)])].join(", ")
  const number = line === undefined || at.startsWith("lines ") ? "" : ` (line ${line})`
  const explanation = explanations.get(change)
  const places = explanation === undefined ? [] : tellExplanation(explanation, code).places
  const place = places.find((each) => each.from === "conflict" && each.path === at)
  return `${where}${number}: ${place?.text ?? plainText(conflictWords(conflict))}`
}

export function fileSection(
  { changes, from, template, secrets }: UpdatePlan,
  { explanations }: UpdateView,
  isLeft: (change: FileChange) => boolean = isKept,
): string[] {
  const told = withoutRecords(changes).filter((change) => isWorthTelling(change) && !isLeft(change))
  if (told.length === 0) return []
  const byAnswers = isSameState(from, template.ref)
  const rows = told.slice(0, MOST_FILES).map((change) => {
    const path = change.from === undefined ? code(change.path) : `${code(change.from)} → ${code(change.path)}`
    const what = change.status === "conflict" ? "to decide" : plainText(reasonText(change, byAnswers))
    const restored = restoredTexts(change, (text) => code(secrets.hide(text)))
    return [path, what, [...restored, ...detailsOf(change, explanations)].join("\n")]
  })
  const more = told.length > MOST_FILES ? ["", `And ${told.length - MOST_FILES} more files.`] : []
  return ["## Files", "", ...table(["File", "What", "In detail"], rows), ...more]
}

function detailsOf(change: FileChange, explanations: Explanations): string[] {
  const explanation = explanations.get(change)
  if (explanation === undefined) return []
  const { places, yours } = tellExplanation(explanation, code)
  const more = places.length - MOST_PLACES
  return [
    ...places
      .slice(0, MOST_PLACES)
      .map(({ at, text, yours: beside }) => `${at}: ${text}${beside === undefined ? "" : `; yours ${beside}`}`),
    ...(more > 0 ? [`and ${more} more`] : []),
    ...(yours === "" ? [] : [`yours ${yours}`]),
  ]
}

function answerSection({ newAnswers, remarks, secrets }: UpdatePlan): string[] {
  const answers = Object.entries(newAnswers)
  const told = remarks.map((remark) => `- ${plainText(secrets.hide(remarkText(remark)))}`)
  const changed = told.length === 0 ? [] : ["## Answers", "", ...told]
  if (answers.length === 0) return changed
  return [
    ...changed,
    ...(changed.length > 0 ? [""] : []),
    "## New questions",
    "",
    `Their defaults were taken. To change one: ${code("meshwright update --set KEY=VALUE")}.`,
    "",
    ...answers.map(([name, value]) => `- ${code(name)}: ${code(secrets.hide(String(value)))}`),
  ]
}

/** What is not as the template has it, and stays so. */
function isKept({ action, status, reason }: FileChange): boolean {
  return status !== "conflict" && (action === "keep" || reason === "deleted-by-team-template-changed")
}

export function keptSection(
  { changes, decided }: UpdatePlan,
  { explanations, style }: UpdateView,
  isLeft: (change: FileChange) => boolean = isKept,
  title = "Kept as yours",
  mark = "- ",
): string[] {
  const taken = style === "ours" ? "yours" : "the template's"
  const items = [
    ...decided.map((path) => `${mark}${code(path)}: both changed the same place, and ${taken} was taken`),
    ...withoutRecords(changes)
      .filter(isLeft)
      .map((change) => {
        const details = detailsOf(change, explanations)
        return `${mark}${code(change.path)}: ${plainText(reasonText(change))}${details.length === 0 ? "" : ` (${details.join("; ")})`}`
      }),
  ]
  if (items.length === 0) return []
  const more = items.length > MOST_KEPT ? [`- and ${items.length - MOST_KEPT} more`] : []
  return [`## ${title}`, "", ...items.slice(0, MOST_KEPT), ...more]
}

export function noteSection({ notes }: UpdatePlan): string[][] {
  if (notes.length === 0) return []
  return [
    ["## Release notes"],
    ...notes.map(({ template, version, text }) => {
      const name = template === undefined ? "" : `${plainText(template)} `
      return [`### ${name}${plainText(version)}`, "", embedded(text, 3)]
    }),
  ]
}
