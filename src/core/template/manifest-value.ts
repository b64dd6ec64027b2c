import { type Document, isPair, isScalar, isSeq, visit } from "yaml"
import type { SchemaProblem } from "./parse-manifest.ts"

// Far more than any manifest says; a bomb made of aliases says more.
const LARGEST = 4_000_000
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/

/** The value of a manifest's document, or what makes it one that nobody should read on. */
export function manifestValue(document: Document): { readonly value?: unknown; readonly problems: SchemaProblem[] } {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 })
    // Throws for an anchor that holds itself.
    if (JSON.stringify(value).length <= LARGEST) return { value, problems: controlCharacters(value, []) }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const lost = lostAliases(document)
    if (lost.length > 0) return { problems: lost }
  }
  return { problems: [{ path: [], message: "has aliases (*name) that make it endless or huge: write the values out" }] }
}

/** Aliases of anchors that are nowhere: texts that begin with *, mostly. */
function lostAliases(document: Document): SchemaProblem[] {
  const found: SchemaProblem[] = []
  visit(document, {
    Alias: (_, alias, above) => {
      if (alias.resolve(document) !== undefined) return
      const path = [...above.slice(1), alias].flatMap((node, index): (string | number)[] => {
        const parent = above[index]
        if (isPair(node) && isScalar(node.key)) return [String(node.key.value)]
        return isSeq(parent) ? [parent.items.indexOf(node)] : []
      })
      const message = `*${alias.source} names an anchor, &${alias.source}, that is not there`
      found.push({ path, message, hint: "a text that begins with * needs quotes" })
    },
  })
  return found
}

/** Texts are shown to people: a terminal would obey control characters, and a review would not see them. */
function controlCharacters(value: unknown, path: SchemaProblem["path"]): SchemaProblem[] {
  if (typeof value === "string")
    return CONTROL.test(value) ? [{ path, message: "holds a control character: take it out" }] : []
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => [
    ...(CONTROL.test(key) ? [{ path, message: "has a key with a control character: take it out" }] : []),
    ...controlCharacters(each, [...path, Array.isArray(value) ? Number(key) : key]),
  ])
}
