import type { Node, Style } from "../../structure/model.ts"

/** How far a YAML text indents, by the majority. */
export function styleOf(docs: readonly Node[]): Style {
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
