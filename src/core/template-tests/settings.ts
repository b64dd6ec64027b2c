import { NO_INPUTS, resolveAnswers } from "../answers/resolve-answers.ts"
import type { Answers } from "../model/answers.ts"
import type { Manifest } from "../model/template.ts"
import { shellWord } from "../render/quote.ts"

/** The flags that give these answers: those that a default would not give. */
export function settingsFor(manifest: Manifest, answers: Answers): string {
  let needed = { ...answers }
  for (const name of Object.keys(answers)) {
    const { [name]: _, ...fewer } = needed
    const { answers: resolved, problems } = resolveAnswers(manifest, { ...NO_INPUTS, file: fewer })
    if (problems.length === 0 && sameAnswers(resolved, answers)) needed = fewer
  }
  return Object.entries(needed)
    .map(([name, value]) => `--set ${shellWord(`${name}=${String(value)}`)}`)
    .join(" ")
}

function sameAnswers(a: Answers, b: Answers): boolean {
  return Object.keys({ ...a, ...b }).every((name) => JSON.stringify(a[name]) === JSON.stringify(b[name]))
}
