/** A name that a template uses and nobody declared. Line and column are 1-based. */
export interface FoundName {
  readonly name: string
  readonly line: number
  readonly column: number
}

interface Node {
  readonly type: string
  readonly loc: { readonly start: { readonly line: number; readonly column: number } }
  readonly [key: string]: unknown
}

/**
 * The names in a parsed template that are neither known nor helpers. Needed because Handlebars' strict mode reports an
 * unknown `{{x}}` but lets `{{#if typo}}` take the else branch in silence.
 */
export function unknownNames(
  program: unknown,
  known: ReadonlySet<string>,
  helperNames: ReadonlySet<string>,
): FoundName[] {
  const found = new Map<string, FoundName>()
  visit(program as Node, 0, [])
  return [...found.values()]

  /** @param depth how many blocks with a context of their own (`each`, `with`) are around the node */
  function visit(node: Node | undefined | null, depth: number, blockParams: readonly string[]): void {
    if (!node) return
    switch (node.type) {
      case "Program":
        for (const child of node["body"] as Node[])
          visit(child, depth, [...blockParams, ...((node["blockParams"] as string[] | undefined) ?? [])])
        return
      case "MustacheStatement":
      case "SubExpression":
        call(node, depth, blockParams)
        return
      case "BlockStatement": {
        call(node, depth, blockParams)
        const helper = (node["path"] as Node)["original"]
        const inner = helper === "each" || helper === "with" ? depth + 1 : depth
        visit(node["program"] as Node, inner, blockParams)
        visit(node["inverse"] as Node | undefined, depth, blockParams)
        return
      }
      case "PathExpression":
        checkPath(node, depth, blockParams)
    }
  }

  function call(node: Node, depth: number, blockParams: readonly string[]): void {
    const path = node["path"] as Node
    const params = node["params"] as Node[]
    const isHelper = path.type === "PathExpression" && helperNames.has(String(path["original"]))
    if (!isHelper) visit(path, depth, blockParams)
    for (const param of params) visit(param, depth, blockParams)
    const hash = node["hash"] as { pairs: { value: Node }[] } | undefined
    for (const pair of hash?.pairs ?? []) visit(pair.value, depth, blockParams)
  }

  function checkPath(node: Node, depth: number, blockParams: readonly string[]): void {
    const first = (node["parts"] as unknown[])[0]
    if (node["data"] === true || typeof first !== "string" || blockParams.includes(first)) return
    // Inside each and with, a name without ../ belongs to the item; strict rendering checks it there.
    if ((node["depth"] as number) < depth) return
    if (!known.has(first) && !found.has(first)) {
      found.set(first, { name: first, line: node.loc.start.line, column: node.loc.start.column + 1 })
    }
  }
}
