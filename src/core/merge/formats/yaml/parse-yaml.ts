import { isAlias, isScalar, parseAllDocuments, visit, type Document } from "yaml"
import { lineEnd, lineStart } from "../../structure/layout.ts"
import { Unreadable, type Node, type Style, type Tree } from "../../structure/model.ts"
import { assignTrivia } from "../../structure/trivia.ts"
import { buildNode, nothingAt } from "./build-node.ts"

export function isComment(line: string): boolean {
  return /^\s*#/.test(line)
}

/** The layout tree of a YAML text. Throws Unreadable. */
export function parseYaml(text: string): Tree {
  try {
    const documents = readDocuments(text)
    let previous = 0
    const docs = documents.map((document) => {
      const node = rootOf(text, document, previous)
      previous = document.range[2]
      return node
    })
    return { text, docs, style: styleOf(docs) }
  } catch (error) {
    if (error instanceof Unreadable) throw error
    // The parser's recursion ends in a RangeError for thousands of nested brackets; it has bugs like everything else.
    throw new Unreadable(error instanceof Error ? error.message : "not readable")
  }
}

function readDocuments(text: string): readonly Document.Parsed[] {
  const options = { keepSourceTokens: true, uniqueKeys: false, version: "1.2", merge: false } as const
  const documents = parseAllDocuments(text, { ...options, strict: true, prettyErrors: false, logLevel: "error" })
  if (!Array.isArray(documents)) return []
  for (const document of documents) {
    const [error] = document.errors
    if (error !== undefined) throw new Unreadable(error.message)
    checkAliases(document)
  }
  return documents
}

function checkAliases(document: Document.Parsed): void {
  const seen = new Set<string>()
  visit(document, (_, node) => {
    if (isAlias(node)) {
      if (!seen.has(node.source)) throw new Unreadable(`*${node.source} is not defined`)
    } else if (typeof node === "object" && node !== null && "anchor" in node && typeof node.anchor === "string") {
      seen.add(node.anchor)
    }
  })
}

function rootOf(text: string, document: Document.Parsed, previous: number): Node {
  const { contents, range } = document
  if (contents === null || (isScalar(contents) && contents.srcToken === undefined)) return nothingAt(range[1])
  const root = buildNode(text, contents, undefined, range[0], 0)
  if (root.layout !== "line") return root
  let start = lineStart(text, root.items[0]!.start)
  while (start > previous) {
    const before = lineStart(text, start - 1)
    const line = text.slice(before, start)
    if (before < previous || (!isComment(line) && line.trim() !== "")) break
    start = before
  }
  const end = Math.max(range[1], root.items.at(-1)!.node.end)
  const limit = end >= text.length || end === 0 || text[end - 1] === "\n" ? end : lineEnd(text, end)
  assignTrivia(text, root, start, limit, -1, isComment)
  return root
}

/** How far the text indents, by the majority. */
function styleOf(docs: readonly Node[]): Style {
  const votes = { map: new Map<number, number>(), seq: new Map<number, number>() }
  const count = (node: Node): void => {
    for (const { node: value } of node.items) {
      const own = value.layout === "line" && value.items[0]?.own === true
      if (own && node.kind === "map" && (value.kind === "map" || value.kind === "seq")) {
        const width = value.indent - node.indent
        votes[value.kind].set(width, (votes[value.kind].get(width) ?? 0) + 1)
      }
      count(value)
    }
  }
  docs.forEach(count)
  const most = (widths: ReadonlyMap<number, number>): number | undefined =>
    [...widths].toSorted((a, b) => b[1] - a[1])[0]?.[0]
  return { unit: most(votes.map) ?? 0, seqOffset: most(votes.seq) ?? -1, tabs: false }
}
