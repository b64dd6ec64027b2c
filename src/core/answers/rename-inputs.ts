import { type Diagnostic, problem } from "../model/diagnostic.ts"
import type { Manifest } from "../model/template.ts"
import { type NewNames, renamedKeys, renameKeys, renamesOfGiven } from "./rename-answers.ts"
import type { AnswerInputs } from "./resolve-answers.ts"

const SOURCES = ["flag", "file", "environment"] as const

/** Answers that were given under names which their questions had before, under those that they have now; and what to say of it. */
export function renameInputs(
  manifest: Manifest,
  inputs: AnswerInputs,
): { readonly inputs: AnswerInputs; readonly remarks: readonly Diagnostic[] } {
  const names = renamesOfGiven(manifest)
  if (names.size === 0) return { inputs, remarks: [] }
  const remarks = SOURCES.flatMap((source) => {
    const renamed = renamedKeys(Object.keys(inputs[source]), names)
    return [...renamed].map(([old, now]) => remark(source, old, now, names, inputs))
  })
  return {
    inputs: {
      ...inputs,
      flag: renameKeys(inputs.flag, names),
      file: renameKeys(inputs.file, names),
      environment: renameKeys(inputs.environment, names),
      places: renameKeys(inputs.places ?? {}, names),
    },
    remarks,
  }
}

function remark(
  source: (typeof SOURCES)[number],
  old: string,
  now: string | undefined,
  names: NewNames,
  { places }: AnswerInputs,
): Diagnostic {
  const name = names.get(old)!
  const variable = (each: string): string => `MESHWRIGHT_ANSWER_${each.toUpperCase()}`
  const [said, say] =
    source === "flag"
      ? [`--set ${old}`, `--set ${name}=…`]
      : source === "environment"
        ? [variable(old), variable(name)]
        : [old, `${name}: …`]
  const what = now === undefined ? `, which is given too: ${said} is not used` : ""
  return problem("old-question-name", `${said}: the question is called ${name} now${what}`, {
    severity: "info",
    hint: `write ${say}`,
    ...(source === "file" ? places?.[old] : {}),
  })
}
