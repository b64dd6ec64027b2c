import { isDate } from "../is-date.ts"
import type { LockRule } from "../model/template.ts"
import { keyPatternProblem } from "./key-pattern.ts"

/** What is wrong with a rule of the manifest, and where in it. */
export function ruleProblems(
  rule: LockRule,
): readonly { readonly path: readonly (string | number)[]; readonly message: string; readonly hint: string }[] {
  const { keys = [], warn_from: warn, error_from: error } = rule
  const dates = (["warn_from", "error_from"] as const).flatMap((name) => {
    const date = rule[name]
    return date === undefined || isDate(date)
      ? []
      : [{ path: [name], message: `${name} is ${date}, a day that there is not`, hint: "write a day as YYYY-MM-DD" }]
  })
  const order =
    warn !== undefined && error !== undefined && warn > error
      ? [
          {
            path: ["warn_from"],
            message: `warn_from (${warn}) has to be before error_from (${error}), or the same day`,
            hint: "swap the two days",
          },
        ]
      : []
  return [
    ...dates,
    ...order,
    ...keys.flatMap((key, index) => {
      const trouble = keyPatternProblem(key)
      return trouble === undefined
        ? []
        : [
            {
              path: ["keys", index],
              message: `the key path ${JSON.stringify(key)} ${trouble}`,
              hint: "write keys with dots between them, such as models.+access",
            },
          ]
    }),
  ]
}
