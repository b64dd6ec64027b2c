import { ruleProblems } from "../../locked/rule-problems.ts"
import type { LockRule, Manifest } from "../../model/template.ts"
import { globProblem } from "../../render/glob.ts"
import type { SchemaProblem } from "../parse-manifest.ts"
import { type Names, questionHint } from "./names.ts"

type Path = readonly (string | number)[]

/** What is wrong with rules about files, lists and projects: globs that fit nothing, days that are none, rules that say nothing. */
export function checkFiles(manifest: Manifest, names: Names): SchemaProblem[] {
  const rules = ["files", "drop", "floor", "identity"] as const
  return [
    ...rules.flatMap((key) => manifest[key].flatMap(({ path }, index) => checkGlob(path, [key, index, "path"]))),
    ...manifest.files.flatMap(({ locked, mode }, index) => [
      ...(locked === undefined ? [] : checkLocked(locked, ["files", index, "locked"])),
      ...(locked !== undefined && mode === "once"
        ? [
            {
              path: ["files", index, "locked"],
              isKey: true,
              message: "a file with mode: once is the team's, and cannot be locked",
              hint: "take one of the two out",
            },
          ]
        : []),
    ]),
    ...manifest.identity.flatMap(({ list, key, kind }, index) =>
      (key === undefined) === (kind === undefined)
        ? [
            {
              path: ["identity", index],
              message: `${list} needs either key or kind`,
              hint: "key says what names its items; kind is set, ordered or atomic",
            },
          ]
        : [],
    ),
    ...manifest.include.flatMap(({ part }, index) =>
      manifest.include.findIndex((each) => each.part === part) === index
        ? []
        : [
            {
              path: ["include", index, "part"],
              message: `the part ${part} is included twice`,
              hint: "put the conditions of both into any: […]",
            },
          ],
    ),
    ...manifest.projects.flatMap(({ for_each: each }, index) =>
      each === undefined ? [] : checkForEach(each, ["projects", index, "for_each"], names),
    ),
  ]
}

function checkGlob(glob: string, path: Path): SchemaProblem[] {
  const found = globProblem(glob)
  return found === undefined ? [] : [{ path, message: `${JSON.stringify(glob)} ${found.message}`, hint: found.hint }]
}

function checkLocked(rule: LockRule, at: Path): SchemaProblem[] {
  return ruleProblems(rule).map(({ path, ...told }) => ({ ...told, path: [...at, ...path] }))
}

function checkForEach(name: string, path: Path, names: Names): SchemaProblem[] {
  const question = names.questions.get(name)
  if (question === undefined)
    return [{ path, message: `for_each: ${name} is no question`, hint: questionHint(name, names) }]
  if (question.type === "list" || question.type === "checkbox") return []
  return [
    { path, message: `for_each: the answer to ${name} is no list`, hint: "name a question of type list or checkbox" },
  ]
}
