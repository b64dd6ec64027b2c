import { pathProblem } from "../../model/path.ts"
import { isOlder } from "../../version.ts"
import type { ParsedManifest, SchemaProblem } from "../parse-manifest.ts"
import { type Names, questionHint } from "./names.ts"

type Path = readonly (string | number)[]

/** A rename of a file or a question, and where it stands in the manifest. */
interface Renamed {
  readonly from: string
  readonly to: string
  readonly since: string
  readonly path: Path
  readonly isQuestion: boolean
}

/** What is wrong with renames, migrations and stops: versions that are not there yet, and renames that contradict each other. */
export function checkVersions(parsed: ParsedManifest, names: Names): SchemaProblem[] {
  const { version, migrations, stops } = parsed.manifest
  const renames = renamesOf(parsed.renames)
  const soon = (since: string, path: Path, what: string): SchemaProblem[] =>
    isOlder(version, since)
      ? [
          {
            path,
            message: `${what} ${since} is newer than the template, which is ${version}`,
            hint: `raise version to ${since}, or correct it here`,
          },
        ]
      : []
  return [
    ...renames.flatMap(({ since, path }) => soon(since, [...path, "since"], "since")),
    ...migrations.flatMap(({ since }, index) => soon(since, ["migrations", index, "since"], "since")),
    ...stops.flatMap((stop, index) => soon(stop, ["stops", index], "the stop")),
    ...renames.flatMap((rename) => checkRename(rename, renames, names)),
  ]
}

function renamesOf(renames: ParsedManifest["renames"]): readonly Renamed[] {
  return renames.map((rename, index) => ({
    from: "from" in rename ? rename.from : rename.question,
    to: rename.to,
    since: rename.since,
    path: ["renames", index],
    isQuestion: "question" in rename,
  }))
}

function checkRename(rename: Renamed, all: readonly Renamed[], names: Names): SchemaProblem[] {
  const { from, to, since, path, isQuestion } = rename
  const others = all.filter((each) => each !== rename && each.isQuestion === isQuestion)
  const at = (key: string): Path => [...path, key]
  if (from === to) return [{ path: at("to"), message: `${from} is renamed to itself`, hint: "take it out" }]
  if (!isQuestion) {
    const wrong = [from, to].find((each) => pathProblem(each.replace(/\/$/, "")) !== undefined)
    if (wrong !== undefined)
      return [
        {
          path: at(wrong === from ? "from" : "to"),
          message: `${JSON.stringify(wrong)} is no path in a project`,
          hint: "write it from the project's folder, such as ci/lint.yml",
        },
      ]
  }
  const earlier = others.filter((each) => all.indexOf(each) < all.indexOf(rename))
  const split = earlier.find((each) => each.from === from && each.since === since)
  if (split !== undefined)
    return [{ path, message: `${from} is renamed to ${split.to} and to ${to} in ${since}`, hint: "keep one of them" }]
  const joined = earlier.find((each) => each.to === to && !others.some((next) => next.from === to))
  if (joined !== undefined)
    return [
      {
        path: at("to"),
        message: `${joined.from} and ${from} are both renamed to ${to}`,
        hint: "keep one of them: two cannot become one",
      },
    ]
  const next = others.find((each) => each.from === to)
  if (next !== undefined && !isOlder(since, next.since) && !(isQuestion && names.questions.has(to)))
    return [
      {
        path: at("since"),
        message: `${from} becomes ${to} in ${since}, and ${to} became ${next.to} in ${next.since} already`,
        hint: `rename ${from} to ${next.to}, or correct since`,
      },
    ]
  if (isQuestion && next === undefined && !names.questions.has(to))
    return [{ path: at("to"), message: `${to} is no question`, hint: questionHint(to, names) }]
  return []
}
