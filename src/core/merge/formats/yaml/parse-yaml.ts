import { isAlias, isScalar, parseAllDocuments, visit, type Document } from "yaml"
import { columnOf, finishNode, lineEnd, opaqueCanon } from "../../structure/layout.ts"
import { styleOf } from "../../structure/style.ts"
import { Unreadable, type Node, type Range, type Tree } from "../../structure/model.ts"
import { assignTrivia } from "../../structure/trivia.ts"
import { buildNode } from "./build-node.ts"
import { isComment } from "./comment.ts"
import { nothingAt } from "./leaf.ts"
import { maskBroken } from "./mask-broken.ts"
import { parsePlainYaml, type KnownItems } from "./plain-yaml.ts"
import { rootStart } from "./root-start.ts"

/** Reads versions of one file, each to its layout tree. What it returns throws Unreadable. */
export function yamlReader(): (text: string) => Tree {
  const known: KnownItems = new Map()
  return (text) => parsePlainYaml(text, known) ?? parseAnyYaml(text)
}

/**
 * The layout tree of a YAML text, by the library that knows all of YAML; values of top-level keys that cannot be read are
 * opaque. Throws Unreadable.
 */
export function parseAnyYaml(text: string): Tree {
  try {
    const whole = documentsOf(text)
    if (!whole.some(({ errors }) => errors.length > 0)) return { text, ...treeOf(text, whole) }
    const masked = maskBroken(text, (part) => documentsOf(part).some(({ errors }) => errors.length > 0))
    if (masked === undefined) throw new Unreadable(String(whole.flatMap(({ errors }) => errors)[0]?.message))
    const { docs, style } = treeOf(masked.text, documentsOf(masked.text))
    for (const root of docs) unmask(text, root, masked.places)
    return { text, docs, style }
  } catch (error) {
    if (error instanceof Unreadable) throw error
    // The parser's recursion ends in a RangeError for thousands of nested brackets; it has bugs like everything else.
    throw new Unreadable(error instanceof Error ? error.message : "not readable")
  }
}

function treeOf(text: string, documents: readonly Document.Parsed[]): Pick<Tree, "docs" | "style"> {
  for (const document of documents) {
    const [error] = document.errors
    if (error !== undefined) throw new Unreadable(error.message)
    checkAliases(document)
  }
  let previous = 0
  const docs = documents.map((document) => {
    const node = rootOf(text, document, previous)
    previous = document.range[2]
    return node
  })
  return { docs, style: styleOf(docs) }
}

/** Puts what is written in place of what was masked. */
function unmask(text: string, root: Node, places: readonly Range[]): void {
  const starts = new Set(places.map(([start]) => start))
  for (const { node } of root.items) {
    if (!starts.has(node.start)) continue
    node.kind = "opaque"
    node.canon = opaqueCanon(text.slice(node.start, node.end), columnOf(text, node.start))
  }
  if (root.items.length > 0) finishNode(root)
}

function documentsOf(text: string): readonly Document.Parsed[] {
  const options = { keepSourceTokens: true, uniqueKeys: false, version: "1.2", merge: false } as const
  const documents = parseAllDocuments(text, { ...options, strict: true, prettyErrors: false, logLevel: "error" })
  return Array.isArray(documents) ? documents : []
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
