const NAMES = ["name", "value", "path", "part", "question", "from", "since"]

/** A path of keys as people read it: `questions[ci].type`; an item of a list by its name, or else its number from 1. */
export function namedPath(path: readonly (string | number)[], root: unknown): string {
  let at = root
  return path
    .map((key, index) => {
      at = typeof at === "object" && at !== null ? (at as Record<string | number, unknown>)[key] : undefined
      if (typeof key === "number") return `[${nameOf(at) ?? key + 1}]`
      return index === 0 ? key : `.${key}`
    })
    .join("")
}

function nameOf(item: unknown): string | undefined {
  if (typeof item !== "object" || item === null) return undefined
  const name = NAMES.map((key) => (item as Readonly<Record<string, unknown>>)[key]).find(
    (value) => typeof value === "string" && value !== "",
  )
  return name as string | undefined
}
