import type { AdoptPlan } from "../../app/adopt/adopt-project.ts"
import type { FileChange } from "../../core/model/change.ts"
import { conflictPaths, isUpToDate, summarise, withoutRecords } from "../../core/plan/summarise.ts"
import { showValue } from "../../core/show-value.ts"
import type { Written } from "../run/write-update.ts"
import { conflictAdvice, conflictLines } from "./conflicts.ts"
import { changeLines, diagnosticText, diffText, noteLines, summaryText } from "./human.ts"
import { diagnosticDocument, planDocument, SCHEMA_VERSION } from "./json.ts"
import { code, plainText } from "./markdown.ts"
import type { Paint } from "./paint.ts"
import { nextStep } from "./next-step.ts"
import { conflictSection, fileSection, keptSection, noteSection, SUMMARY_MARK } from "./summary.ts"
import type { UpdateView } from "./update.ts"

/** What adopting would do: the answers with where they come from, and file by file. */
export function adoptText(plan: AdoptPlan, paint: Paint, view: UpdateView): string {
  const { changes, template, notes } = plan
  const listed = changeLines(view.verbose ? changes : changes.filter((change) => !isSettled(change, view)), paint, {
    all: view.verbose,
    explanations: view.explanations,
  })
  const files = withoutRecords(changes).filter((change) => !isSettled(change, view))
  const numbers = isUpToDate(files) ? "its records only" : summaryText(summarise(changes))
  return [
    ...answerLines(plan, paint),
    paint("bold", `${template.manifest.name} ${versionsText(plan)}: ${numbers}`),
    ...listed,
    ...openLines(files).map((line) => paint("yellow", line)),
    ...(notes.length === 0 ? [] : ["", ...noteLines(notes, paint, view.verbose)]),
    ...(view.diffs.length === 0 ? [] : ["", diffText(view.diffs, paint)]),
    ...conflictTexts(plan, paint),
  ].join("\n")
}

/** What to do once the files are written. */
export function appliedText(
  { changes }: AdoptPlan,
  paint: Paint,
  view: UpdateView,
  { untracked }: Written,
  cwd: string,
): string {
  const conflicts = conflictPaths(changes)
  return [
    "",
    paint("green", "Adopted. From now on `meshwright update` brings what the template changes."),
    ...(conflicts.length > 0
      ? [conflictAdvice(view.style, changes)]
      : untracked
        ? [nextStep("adopt", untracked, cwd)]
        : []),
  ].join("\n")
}

function answerLines({ found, newAnswers, secrets }: AdoptPlan, paint: Paint): string[] {
  const assumed = Object.entries(newAnswers)
  return [
    ...(found.length === 0 ? [] : ["Answers found in the project:"]),
    ...found.map(
      ({ question, value, where }) => `  ${question}: ${secrets.hide(showList(value))} ${paint("dim", `(${where})`)}`,
    ),
    ...(assumed.length === 0 ? [] : ["Not found, so the template's default is taken (--set KEY=VALUE for another):"]),
    ...assumed.map(([name, value]) => `  ${name}: ${secrets.hide(showList(value))}`),
  ]
}

function conflictTexts({ changes, secrets }: AdoptPlan, paint: Paint): string[] {
  const conflicts = conflictLines(changes, paint)
  if (conflicts.length === 0) return []
  const count = conflicts.length === 1 ? "1 place needs" : `${conflicts.length} places need`
  return ["", paint("red", `${count} your decision:`), ...conflicts.map(secrets.hide)]
}

/** What the template has and the project does not get. */
function openLines(files: readonly FileChange[]): string[] {
  const count = (...reasons: readonly FileChange["reason"][]): number =>
    files.filter(({ reason }) => reasons.includes(reason)).length
  const [left, starter] = [
    count("kept-on-adopting", "read-by-dbt", "has-own-place", "answer-assumed"),
    count("starter-content"),
  ]
  const sentence = (number: number, what: string): string => `${number} ${number === 1 ? "file" : "files"} ${what}`
  return [
    ...(left === 0
      ? []
      : [`${sentence(left, "stay as you have it")}: --take PATH takes the template's content, or edit by hand.`]),
    ...(starter === 0
      ? []
      : [`${sentence(starter, "of the template's example are not created")} (--verbose names them).`]),
  ]
}

function versionsText({ from, template }: AdoptPlan): string {
  const { version } = template.ref
  return from.version === version || from.version === "none" ? version : `${from.version} → ${version}`
}

function showList(value: unknown): string {
  return Array.isArray(value) ? value.join(",") : showValue(value)
}

/** What `adopt --json` prints. */
export function adoptDocument(
  plan: AdoptPlan,
  view: UpdateView,
  { branch, commit }: Written,
  repeat: string,
): Record<string, unknown> {
  const { template, from, root, found, newAnswers, remarks, secrets, changes } = plan
  return {
    schemaVersion: SCHEMA_VERSION,
    command: "adopt",
    template: {
      source: template.ref.source,
      ...(from.version === "none" ? {} : { from: from.version }),
      to: template.ref.version,
    },
    dryRun: view.dryRun,
    root,
    ...(branch === undefined ? {} : { branch }),
    ...(commit === undefined ? {} : { commit }),
    found: found.map(({ question, value, where }) => ({ question, value, where })),
    assumed: Object.fromEntries(
      Object.entries(newAnswers).map(([name, value]) => [
        name,
        typeof value === "string" ? secrets.hide(value) : value,
      ]),
    ),
    remarks: remarks.map(diagnosticDocument),
    notes: plan.notes,
    ...planDocument(changes, view.explanations, secrets.hide),
    ...(view.verbose ? { diffs: view.diffs } : {}),
    repeat,
  }
}

/** What adopting does as Markdown, for a merge request: what is left to do is a list of its own. */
export function adoptSummary(plan: AdoptPlan, view: UpdateView): string {
  const { template, changes, found, newAnswers, remarks, secrets } = plan
  const answer = (name: string, value: unknown, where: string): string =>
    `- ${code(name)}: ${code(secrets.hide(showList(value)))} (${plainText(where)})`
  const sections = [
    [SUMMARY_MARK, `# Adopt template ${plainText(template.manifest.name)} ${plainText(template.ref.version)}`],
    [
      `Template ${code(template.ref.source)} ${plainText(versionsText(plan))}: ${summaryText(summarise(changes))}.${view.dryRun ? " Nothing is written yet." : ""}`,
      "What dbt reads is as it was, where nothing else is said below.",
    ],
    remarks.map((remark) => `- ${plainText(diagnosticText(remark, (_, text) => text))}`),
    conflictSection(plan, view),
    [
      "## Answers",
      "",
      ...found.map(({ question, value, where }) => answer(question, value, where)),
      ...Object.entries(newAnswers).map(([name, value]) => answer(name, value, "the template's default")),
    ],
    fileSection(plan, view, (change) => isOpen(change)),
    keptSection(plan, view, (change) => isOpen(change) && !isSettled(change, view), "To decide by hand", "- [ ] "),
    ...noteSection(plan),
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`
}

/** Files that say what the template's say, in other words: there is nothing to decide. */
function isSettled(change: FileChange, { explanations }: UpdateView): boolean {
  const places = change.reason === "kept-on-adopting" ? explanations.get(change)?.merged : undefined
  return places?.every(({ what }) => what === "layout") === true
}

/** What the template has, and the project goes without. */
function isOpen({ status, reason }: FileChange): boolean {
  return (
    status !== "conflict" && ["kept-on-adopting", "read-by-dbt", "has-own-place", "answer-assumed"].includes(reason)
  )
}

/** The message of the commit that holds it. */
export function adoptMessage({ template, changes, found, newAnswers, secrets }: AdoptPlan): string {
  const { manifest, ref } = template
  const answers = [...found.map(({ question, value }) => [question, value] as const), ...Object.entries(newAnswers)]
  return [
    `Adopt template ${manifest.name} ${ref.version}`,
    "",
    `Template: ${ref.source}`,
    `Files: ${summaryText(summarise(changes))}`,
    ...(answers.length === 0
      ? []
      : [`Answers: ${answers.map(([name, value]) => `${name}: ${secrets.hide(showList(value))}`).join(", ")}`]),
    "",
  ].join("\n")
}
