import { parseAnswer } from "../answers/parse-answer.ts"
import type { Diagnostic, Severity } from "../model/diagnostic.ts"
import type { Question, Template } from "../model/template.ts"
import { sampleFor } from "../template-tests/base-answers.ts"
import { samplesOf } from "../template-tests/sample-values.ts"
import { sectionVersions } from "../template/release-notes.ts"
import { isOlder } from "../version.ts"
import { checkGone } from "./check-gone.ts"
import { type LintInput, placeIn, warning } from "./lint-input.ts"
import { renderCase } from "./rendered-cases.ts"

/**
 * What projects of the previous release trip over: questions that are gone, that want an answer now, that refuse answers
 * they accepted; files that are gone without `renames`. What questions break is an error, unless the major version was raised (before 1.0
 * the minor one): then it is a remark.
 */
export function breakingChanges(input: LintInput, previous: Template): readonly Diagnostic[] {
  const { template } = input
  const severity: Severity = isMajor(previous.manifest.version, template.manifest.version) ? "info" : "error"
  return [...checkQuestions(input, previous, severity), ...checkGone(input, previous)]
}

/** Release notes that say nothing of this version. */
export function checkNotes({ template, manifests }: LintInput): readonly Diagnostic[] {
  const { notes, manifest } = template
  const main = manifests[0]
  if (notes === undefined || manifest.notes === undefined || main === undefined) return []
  if (sectionVersions(notes).includes(manifest.version)) return []
  return [
    warning("no-release-note", `${manifest.notes} says nothing of version ${manifest.version}`, {
      ...placeIn(main, ["version"]),
      hint: `add a section: ## ${manifest.version}`,
    }),
  ]
}

function isMajor(from: string, to: string): boolean {
  const numbers = (version: string): readonly string[] => version.replace(/^v/, "").split(".")
  const [before, after] = [numbers(from), numbers(to)]
  return before[0] !== after[0] || (after[0] === "0" && before[1] !== after[1])
}

function checkQuestions(
  { template, manifests }: LintInput,
  previous: Template,
  severity: Severity,
): readonly Diagnostic[] {
  const { manifest } = template
  const isRaised = severity === "info"
  const from = `since ${previous.ref.version}`
  const now = new Map(manifest.questions.map((question) => [question.name, question]))
  const main = manifests[0]
  if (main === undefined) return []
  const placeOf = (name: string): ReturnType<typeof placeIn> => {
    for (const parsed of manifests) {
      const index = parsed.manifest.questions.findIndex((question) => question.name === name)
      if (index >= 0) return placeIn(parsed, ["questions", index])
    }
    return placeIn(main, ["questions"])
  }
  const renamed = (name: string): string =>
    manifest.renamed_questions.find(({ question }) => question === name)?.to ?? name
  const found = previous.manifest.questions.flatMap((old): Diagnostic[] => {
    const question = now.get(renamed(old.name))
    if (question === undefined) {
      if (manifest.renamed_questions.some((each) => each.question === old.name) || old.name in manifest.fixed) return []
      return [
        {
          code: "question-removed",
          severity,
          message: `the question ${old.name} is gone ${from}, and with it what projects answered`,
          ...placeIn(main, ["questions"]),
          hint: `has it another name? renames: [{question: ${old.name}, to: …, since: ${manifest.version}}]; else ${isRaised ? "tell in the release notes what it was for" : "raise the major version"}`,
        },
      ]
    }
    return refused(previous, old, question).map((answer) => ({
      code: "answer-refused",
      severity,
      message: `${question.name} refuses ${answer.value}, which it accepted ${from.replace("since", "in")}: it ${answer.message}`,
      ...placeOf(question.name),
      hint: isRaised
        ? "say in the release notes what to answer"
        : "accept it still, or raise the major version and say in the release notes what to answer",
    }))
  })
  const required = manifest.questions.flatMap((question): Diagnostic[] => {
    if (isOptional(question)) return []
    const old = previous.manifest.questions.find(({ name }) => renamed(name) === question.name)
    if (old !== undefined && !isOptional(old)) return []
    return [
      {
        code: "question-required",
        severity,
        message: `${question.name} has no default, and projects of ${previous.ref.version} have no answer: their update fails until somebody gives one`,
        ...placeOf(question.name),
        hint: `give it a default that is right for most; or ${isRaised ? "say in the release notes what to answer" : "raise the major version"}`,
      },
    ]
  })
  return [...found, ...required]
}

function isOptional({ default: fallback }: Question): boolean {
  return fallback !== undefined
}

/** Answers that the question accepted, and does not any more. */
function refused(
  previous: Template,
  old: Question,
  question: Question,
): readonly { readonly value: string; readonly message: string }[] {
  const samples = samplesOf(previous.manifest, old, {})
  const wrong = samples.flatMap((value) => {
    const parsed = parseAnswer({ ...question, validate: { ...question.validate, differs_from: [] } }, value)
    return parsed.ok ? [] : [{ value: JSON.stringify(value), message: parsed.message }]
  })
  return wrong.slice(0, 1)
}

/** A version that is released already, while the template is another one now. */
export function checkVersion(
  { template, manifests }: LintInput,
  released: Template | undefined,
): readonly Diagnostic[] {
  const main = manifests[0]
  if (main === undefined || released === undefined || isOlder(released.manifest.version, template.manifest.version))
    return []
  const before = renderCase(released, sampleFor(released.manifest, {}))
  const after = renderCase(template, sampleFor(template.manifest, before.answers))
  const texts = ({ tree }: typeof before): string =>
    JSON.stringify([...tree.values()].map(({ path, bytes }) => [path, Buffer.from(bytes).toString("latin1")]))
  if (texts(before) === texts(after)) return []
  return [
    warning(
      "version-released",
      `version ${template.manifest.version} is released (${released.ref.version}), and the template renders something else now`,
      {
        ...placeIn(main, ["version"]),
        hint: "raise the version: projects that have it would not get what changed",
      },
    ),
  ]
}
