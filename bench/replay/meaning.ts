import { isAlias, isMap, isScalar, isSeq, parseAllDocuments } from "yaml"

/**
 * What a text says, free of its layout, so that equal strings mean equal content. Read by other code than that of the
 * merge. undefined: the text is not of its format.
 */
export function meaningOf(format: string, text: string): string | undefined {
  if (format === "yaml" || format === "json") return structureOf(text)
  const lines = text.split("\n").map((line) => line.trim().replace(/\s+/g, " "))
  return lines.filter((line) => line !== "").join("\n")
}

/** JSON is read as YAML, once its comments and trailing commas are gone. */
function structureOf(text: string): string | undefined {
  const read = (source: string): string | undefined => {
    const documents = parseAllDocuments(source, { logLevel: "silent", stringKeys: false, merge: false })
    if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return undefined
    return documents.map(({ contents }) => canonical(contents)).join("\n---\n")
  }
  return read(text) ?? read(text.replaceAll("\t", " ").replace(/^\s*\/\/.*$/gm, ""))
}

function canonical(node: unknown): string {
  if (isMap(node)) {
    const pairs = node.items.map(({ key, value }) => `${canonical(key)}:${canonical(value)}`)
    return `{${pairs.toSorted().join(",")}}`
  }
  if (isSeq(node)) return `[${node.items.map(canonical).join(",")}]`
  if (isAlias(node)) return `*${node.source}`
  // `1.10` and `1.1` are one number, and two versions.
  return isScalar(node) ? JSON.stringify(node.source ?? node.value) : "null"
}

/** How often each word is in a text. Quotes, commas and brackets are no words. */
export function wordsOf(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const word of text.match(/[^\s"'`,;:=()[\]{}]+/g) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}
