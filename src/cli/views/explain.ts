import type { Explanation, Origin, PlaceChange, TeamChange } from "../../core/model/explanation.ts"
import { joinSteps } from "../../core/merge/structure/key-path.ts"

// More names than these are counted.
const MOST_NAMES = 4
const LINES = /^lines? \d+(?:-\d+)?$/

/** What became of one thing, in two parts: where, and what. */
export interface Told {
  readonly path: string
  /** The path as it is shown. */
  readonly at: string
  readonly text: string
  readonly from: Origin
  readonly yours?: string
}

/** How paths and values are shown: as they are, or as code in Markdown. */
type Show = (text: string) => string

/** What comes from whom in a file, a line for each place; last, what the team did elsewhere in it. */
export function tellExplanation(
  { merged, yours, isComparison = false }: Explanation,
  show: Show = (text) => text,
): {
  readonly places: readonly Told[]
  readonly yours: string
} {
  const told = new Set(merged.filter(({ from }) => from !== "theirs").map(({ at }) => at))
  const teams = yours.map((team) => withoutTold(team, told))
  const near = new Map<PlaceChange, TeamChange>()
  for (const team of teams) {
    const place = merged.find(({ at }) => team.at !== "" && at !== team.at && at.startsWith(team.at))
    if (place !== undefined && !near.has(place)) near.set(place, team)
  }
  const beside = new Set(near.values())
  return {
    places: merged.map((place): Told => {
      const text = teamText(near.has(place) ? [near.get(place)!] : [], show)
      const { at, from } = place
      const shown = LINES.test(at) ? at : show(at)
      return {
        path: at,
        at: shown,
        text: isComparison ? comparisonText(place, show) : placeText(place, show),
        from,
        ...(text === "" ? {} : { yours: text }),
      }
    }),
    yours: teamText(
      teams.filter((team) => !beside.has(team)),
      show,
    ),
  }
}

/** What is told where the template changed it too is not told again. */
function withoutTold({ at, added, removed, changed }: TeamChange, told: ReadonlySet<string>): TeamChange {
  const others = (names: readonly string[]): readonly string[] => names.filter((name) => !told.has(pathTo(at, name)))
  return { at, added: others(added), removed, changed: others(changed) }
}

function pathTo(at: string, name: string): string {
  return at === "" ? name : joinSteps([at, name])
}

const ENDS: Readonly<Record<Origin, string>> = {
  theirs: "",
  ours: " (not taken: yours stays)",
  both: " (so did you)",
  merged: " (put together with yours)",
  conflict: " (conflict)",
}

/** `template: private, yours: public`: nothing was merged, nothing is taken. */
function comparisonText({ new: now, ours, lines, what }: PlaceChange, show: Show): string {
  if (what === "layout") return "comments or layout differ"
  const size = lines && `${lines.added} ${lines.added === 1 ? "line" : "lines"}`
  const value = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : show(text === "" ? '""' : text)
  return [
    `template: ${value(now) ?? size ?? "nothing"}`,
    ...(ours === undefined ? [] : [`yours: ${value(ours)}`]),
  ].join(", ")
}

/** `template 1.3.0 → 1.3.1`, and how it went with the team's. */
function placeText({ what, from, old, new: now, ours, lines, why }: PlaceChange, show: Show): string {
  const size = lines && `+${lines.added} −${lines.removed} ${lines.added + lines.removed === 1 ? "line" : "lines"}`
  const value = (text: string | undefined): string => {
    const shown = text === undefined ? size : show(text === "" ? '""' : text)
    return shown === undefined ? "" : ` ${shown}`
  }
  const texts: Readonly<Record<PlaceChange["what"], string>> = {
    added: `template added${value(now)}`,
    removed: `template removed${value(old)}`,
    changed: size === undefined ? `template${value(old)} →${value(now)}` : `template changed ${size}`,
    renamed: `template renamed${value(old)} to${value(now)}`,
    reordered: "template changed the order",
    layout: "template changed comments or layout",
  }
  return (
    texts[what] +
    (ours === undefined ? "" : `, yours${value(ours)}`) +
    (why === undefined ? ENDS[from] : " (not taken: yours is higher)")
  )
}

/** `added 2 packages; changed owner`. */
function teamText(teams: readonly TeamChange[], show: Show): string {
  const verbs = [
    ["added", teams.map(({ at, added }) => [at, added] as const)],
    ["removed", teams.map(({ at, removed }) => [at, removed] as const)],
    ["changed", teams.map(({ at, changed }) => [at, changed] as const)],
  ] as const
  return verbs
    .flatMap(([verb, places]) => {
      const texts = places.flatMap(([at, names]) => namesTexts(at, names, show))
      const more = texts.length - MOST_NAMES
      if (texts.length === 0) return []
      return [`${verb} ${texts.slice(0, MOST_NAMES).join(", ")}${more > 0 ? ` and ${more} more` : ""}`]
    })
    .join("; ")
}

/** Items of lists are counted: `2 packages`. Keys are named. */
function namesTexts(at: string, names: readonly string[], show: Show): readonly string[] {
  const key = /([\w-]+)$/.exec(at)?.[1]
  const isList = names.length > 0 && names.every((name) => name.startsWith("["))
  if (isList && key !== undefined) return [`${names.length} ${names.length === 1 ? singular(key) : key}`]
  return names.map((name) => (LINES.test(name) ? name : show(pathTo(at, name))))
}

function singular(word: string): string {
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`
  if (/(?:ch|sh|x|ss)es$/.test(word)) return word.slice(0, -2)
  return /[^s]{2}s$/.test(word) ? word.slice(0, -1) : `${word} item`
}
