import { namesInCondition } from "../answers/condition.ts"
import { isPattern } from "../is-pattern.ts"
import { texts } from "../answers/default-answer.ts"
import { parseAnswer } from "../answers/parse-answer.ts"
import { ruleProblems } from "../locked/rule-problems.ts"
import { type Diagnostic, problem } from "../model/diagnostic.ts"
import type { Condition, Manifest } from "../model/template.ts"
import type { ParsedManifest, SchemaProblem } from "./parse-manifest.ts"

/**
 * What a schema cannot say: names in conditions that nothing declares, questions that are there twice, patterns that are
 * none, rules that say nothing. A template and the parts it includes see each other's names, and those of `below`, the
 * template that it extends.
 */
export function checkReferences(manifests: readonly ParsedManifest[], below?: Manifest): Diagnostic[] {
  const all = [...manifests.map(({ manifest }) => manifest), ...(below === undefined ? [] : [below])]
  const known = new Set(
    all.flatMap(({ questions, derived }) => [...questions.map(({ name }) => name), ...Object.keys(derived)]),
  )
  const inherited = new Set(below?.questions.map(({ name }) => name))
  const seen = new Set<string>()
  return manifests.flatMap((parsed) =>
    inconsistencies(parsed, known, seen, inherited).map(({ path, message }) =>
      problem("manifest-inconsistent", message, { file: parsed.file, position: parsed.locate(path) }),
    ),
  )
}

function inconsistencies(
  { manifest }: ParsedManifest,
  known: ReadonlySet<string>,
  seen: Set<string>,
  inherited: ReadonlySet<string>,
): SchemaProblem[] {
  const found: SchemaProblem[] = []
  const checkCondition = (when: Condition | undefined, path: readonly (string | number)[]): void => {
    for (const name of namesInCondition(when)) {
      if (!known.has(name))
        found.push({
          path: [...path, "when"],
          message: `the condition names ${name}, which is no question and no derived value`,
        })
    }
  }
  for (const [index, question] of manifest.questions.entries()) {
    const path = ["questions", index]
    if (seen.has(question.name)) found.push({ path, message: `the question ${question.name} is there twice` })
    seen.add(question.name)
    checkCondition(question.when, path)
    const usable = question.validate?.pattern === undefined || isPattern(question.validate.pattern)
    const literal =
      usable &&
      // Only some keys of it are here.
      !inherited.has(question.name) &&
      question.default !== undefined &&
      !texts(question.default).some((text) => text.includes("{{"))
    const parsed = literal ? parseAnswer(question, question.default) : undefined
    if (parsed?.ok === false)
      found.push({ path: [...path, "default"], message: `the default of ${question.name} ${parsed.message}` })
    const pattern = question.validate?.pattern
    if (pattern !== undefined && !isPattern(pattern)) {
      found.push({ path: [...path, "validate", "pattern"], message: `${pattern} is no regular expression` })
    }
  }
  for (const name of Object.keys(manifest.derived)) {
    if (seen.has(name) || inherited.has(name))
      found.push({ path: ["derived", name], message: `${name} is a question already` })
  }
  if (manifest.named_by !== undefined && !seen.has(manifest.named_by) && !inherited.has(manifest.named_by)) {
    found.push({ path: ["named_by"], message: `${manifest.named_by} is no question` })
  }
  for (const [index, project] of manifest.projects.entries()) {
    if (project.for_each !== undefined && !known.has(project.for_each)) {
      found.push({ path: ["projects", index, "for_each"], message: `${project.for_each} is no question` })
    }
  }
  for (const [index, rule] of manifest.files.entries()) {
    checkCondition(rule.when, ["files", index])
    for (const { path, message } of rule.locked === undefined ? [] : ruleProblems(rule.locked))
      found.push({ path: ["files", index, "locked", ...path], message })
  }
  for (const [index, { list, key, kind }] of manifest.identity.entries()) {
    const path = ["identity", index]
    if ((key === undefined) === (kind === undefined)) {
      found.push({ path, message: `${list} needs either key (what names its items) or kind (set, ordered, atomic)` })
    }
  }
  for (const [index, include] of manifest.include.entries()) checkCondition(include.when, ["include", index])
  return found
}
