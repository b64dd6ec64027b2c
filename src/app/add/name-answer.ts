import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import type { Manifest } from "../../core/model/template.ts"
import { showValue } from "../../core/show-value.ts"

interface Given {
  /** NAME of the command line. */
  readonly name?: string
  readonly flag: Readonly<Record<string, unknown>>
  readonly file: Readonly<Record<string, unknown>>
}

/**
 * The answer that NAME gives to the question that it stands for. Throws a MeshwrightError of kind `usage` where it stands
 * for none, or the question is answered in another way too.
 * @param what the manifest is of, for messages
 */
export function nameAnswer(
  manifest: Manifest,
  { name, flag, file }: Given,
  what: string,
  hint: string,
): Record<string, string> {
  const { named_by: question } = manifest
  if (name === undefined) return {}
  if (question === undefined)
    throw new MeshwrightError([problem("no-name", `${what} ${manifest.name} takes no NAME`, { hint })], "usage")
  const other = flag[question] ?? file[question]
  if (other !== undefined && other !== name) {
    throw new MeshwrightError(
      [
        problem("invalid-answer", `${question} is given twice: ${name} as NAME, and ${showValue(other)}`, {
          hint: "leave one of them out",
        }),
      ],
      "usage",
    )
  }
  return { [question]: name }
}
