import type { Position } from "../model/diagnostic.ts"
import { KNOWN_HELPERS, syntaxTree } from "./engine.ts"

/** A name that a text writes out or looks at. */
export interface Mention {
  readonly name: string
  /** The helper that its value goes through last; absent where it is written as it is, or only looked at. */
  readonly helper?: string
  /** Whether it is written into the text, and not only looked at by `if` and the like. */
  readonly written: boolean
  readonly position: Position
}

interface Node {
  readonly type: string
  readonly loc: { readonly start: { readonly line: number; readonly column: number } }
}

/** Every name in a text, those of items inside `each` and `with` too; none where it does not parse. */
export function mentionsIn(source: string): readonly Mention[] {
  if (!source.includes("{{")) return []
  const found: Mention[] = []
  visit(syntaxTree(source), false, undefined)
  return found

  function visit(value: unknown, written: boolean, helper: string | undefined): void {
    if (Array.isArray(value)) for (const each of value) visit(each, written, helper)
    else if (isNode(value)) visitNode(value, written, helper)
  }

  function visitNode(node: Node, written: boolean, helper: string | undefined): void {
    const parts = node as unknown as Readonly<Record<string, unknown>>
    switch (node.type) {
      case "PathExpression": {
        const [name] = parts["parts"] as readonly unknown[]
        const position = { line: node.loc.start.line, column: node.loc.start.column + 1 }
        const mention = { name: typeof name === "string" ? name : "this", written, position }
        found.push(helper === undefined ? mention : { ...mention, helper })
        return
      }
      case "MustacheStatement":
      case "SubExpression":
        visitCall(parts, node.type === "MustacheStatement" || written, helper)
        return
      case "BlockStatement":
        visitCall(parts, false, undefined)
        visit(parts["program"], false, undefined)
        visit(parts["inverse"], false, undefined)
        return
      default:
        for (const value of Object.values(parts)) visit(value, false, undefined)
    }
  }

  function visitCall(call: Readonly<Record<string, unknown>>, written: boolean, outer: string | undefined): void {
    const path = call["path"] as { readonly original?: unknown }
    const name = String(path.original)
    const isHelper = KNOWN_HELPERS.has(name)
    if (!isHelper) visit(path, written, outer)
    visit(call["params"], written, isHelper ? (outer ?? name) : outer)
    visit((call["hash"] as { readonly pairs?: unknown } | undefined)?.pairs, false, undefined)
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value
}
