import { isAlias, isScalar, parseAllDocuments, visit, type Document } from "yaml"
import { lineEnd } from "../../structure/layout.ts"
import { Unreadable, type Node, type Tree } from "../../structure/model.ts"
import { assignTrivia } from "../../structure/trivia.ts"
import { buildNode } from "./build-node.ts"
import { isComment } from "./comment.ts"
import { nothingAt } from "./leaf.ts"
import { parsePlainYaml, type KnownItems } from "./plain-yaml.ts"
import { rootStart } from "./root-start.ts"
import { styleOf } from "./style-of.ts"

/** Reads versions of one file, each to its layout tree. What it returns throws Unreadable. */
export function yamlReader(): (text: string) => Tree {
  const known: KnownItems = new Map()
  return (text) => parsePlainYaml(text, known) ?? parseAnyYaml(text)
}

/** The layout tree of a YAML text, by the library that knows all of YAML. Throws Unreadable. */
export function parseAnyYaml(text: string): Tree {
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
  const start = rootStart(text, root, previous)
  const end = Math.max(range[1], root.items.at(-1)!.node.end)
  const limit = end >= text.length || end === 0 || text[end - 1] === "\n" ? end : lineEnd(text, end)
  assignTrivia(text, root, start, limit, -1, isComment)
  return root
}
