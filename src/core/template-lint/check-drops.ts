import { namesInCondition } from "../answers/condition.ts"
import { texts } from "../answers/default-answer.ts"
import type { Diagnostic } from "../model/diagnostic.ts"
import type { Question, Template } from "../model/template.ts"
import { globMatcher } from "../render/glob.ts"
import { mentionsIn } from "../render/mentions.ts"
import { showValue } from "../show-value.ts"
import { isOwn, type LintInput, placeIn, templateText, warning } from "./lint-input.ts"
import { pathOrNone, type TriedTemplate } from "./rendered-cases.ts"

type Matches = (path: string) => boolean

/** Questions of the template below that are asked for nothing, since all that uses their answers is dropped. */
export function checkDrops({ template, manifests }: LintInput, tried: TriedTemplate): readonly Diagnostic[] {
  const [main] = manifests
  const rules = template.manifest.drop.filter(({ keys }) => keys === undefined)
  if (main === undefined || template.parent === undefined || rules.length === 0) return []
  const drops = rules.map(({ path }) => globMatcher(path))
  const isDropped = (path: string): boolean => drops.some((matches) => matches(path))
  const before = usedNames(template, tried, () => false)
  const after = usedNames(template, tried, isDropped)
  const inherited = new Set(template.parent.manifest.questions.map(({ name }) => name))
  const { questions } = template.manifest
  const isIdle = ({ name }: Question): boolean => inherited.has(name) && before.has(name) && !after.has(name)
  const idle = new Set(questions.filter(isIdle).map(({ name }) => name))
  // What is asked only with another one of them goes with that.
  return questions
    .filter(
      ({ name, fixed, when }) =>
        idle.has(name) && fixed === undefined && !namesInCondition(when).some((each) => idle.has(each)),
    )
    .map((question) =>
      warning("unused-question", `${question.name} is asked, and nothing that is left uses its answer`, {
        ...placeIn(main, ["drop"]),
        hint: `fix it with \`fixed: {${question.name}: ${decision(question)}}\``,
      }),
    )
}

function decision({ type, default: value, choices = [] }: Question): string {
  if (type === "confirm") return "false"
  const answer = value ?? choices[0]?.value
  return answer === undefined || texts(answer).some((text) => text.includes("{{")) ? "…" : showValue(answer)
}

/** The names whose values something needs: what is rendered, or asked. Those that only unneeded ones need are not among them. */
function usedNames({ manifest, layers }: Template, tried: TriedTemplate, isDropped: Matches): ReadonlySet<string> {
  const living = layers.map((layer) => ({
    ...layer,
    files: [...layer.files].filter(
      ([origin]) => isOwn(layer) || !pathsOf(tried, origin).every((path) => isDropped(path)),
    ),
  }))
  const paths = living.flatMap(({ files }) => files.flatMap(([origin]) => pathsOf(tried, origin)))
  const rules = manifest.files.filter(({ path }) => {
    const matches = globMatcher(path)
    return paths.some((each) => matches(each))
  })
  const written = [
    ...living.flatMap(({ files }) =>
      files.flatMap(([origin, { bytes, mode }]) => [
        origin,
        (mode === "link" ? undefined : templateText(origin, bytes)) ?? "",
      ]),
    ),
    ...manifest.next_steps,
    ...manifest.projects.flatMap(({ path, answers }) => [path, ...Object.values(answers).flatMap(texts)]),
  ]
  const start = [
    ...written.flatMap(namesOf),
    ...living.flatMap(({ when, files }) => (files.length === 0 ? [] : namesInCondition(when))),
    ...rules.flatMap(({ when }) => namesInCondition(when)),
    ...manifest.migrations.flatMap(({ when }) => namesInCondition(when)),
    ...manifest.projects.flatMap(({ for_each: list }) => list ?? []),
    ...(manifest.named_by === undefined ? [] : [manifest.named_by]),
  ]
  const used = new Set<string>()
  const add = (name: string): void => {
    if (used.has(name)) return
    used.add(name)
    const question = manifest.questions.find((each) => each.name === name)
    for (const next of question === undefined ? namesOf(manifest.derived[name] ?? "") : neededBy(question)) add(next)
  }
  for (const name of start) add(name)
  return used
}

function neededBy({
  when,
  choices = [],
  choices_from: from,
  default: value,
  fixed,
  validate,
}: Question): readonly string[] {
  return [
    ...[when, ...choices.map((choice) => choice.when)].flatMap(namesInCondition),
    ...(from === undefined ? [] : [from]),
    ...[...texts(value ?? []), ...texts(fixed?.value ?? [])].flatMap(namesOf),
    ...(validate?.differs_from ?? []),
  ]
}

function namesOf(text: string): readonly string[] {
  return mentionsIn(text).map(({ name }) => name)
}

function pathsOf({ template, cases }: TriedTemplate, origin: string): readonly string[] {
  return cases.flatMap(({ answers }) => pathOrNone(template, origin, answers) ?? [])
}
