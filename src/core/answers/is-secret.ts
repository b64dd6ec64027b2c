import type { Question } from "../model/template.ts"

/** Whether the answer may never be recorded or shown. */
export function isSecret({ secret, type }: Question): boolean {
  return secret === true || type === "password"
}
