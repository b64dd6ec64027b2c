import { columnOf } from "./layout.ts"
import type { Item, Node, Style, Tree } from "./model.ts"

type Lines = Pick<Node, "kind" | "indent" | "items">

/** How far lines indent below these values, by the majority. */
export function styleOf(values: readonly Lines[]): Style {
  const votes = { map: new Map<number, number>(), seq: new Map<number, number>() }
  const count = (node: Lines): void => {
    for (const { node: value } of node.items) {
      const own = value.layout === "line" && value.items[0]?.own === true
      if (own && node.kind === "map" && (value.kind === "map" || value.kind === "seq")) {
        const width = value.indent - node.indent
        votes[value.kind].set(width, (votes[value.kind].get(width) ?? 0) + 1)
      }
      count(value)
    }
  }
  values.forEach(count)
  const most = (widths: ReadonlyMap<number, number>): number | undefined =>
    [...widths].toSorted((a, b) => b[1] - a[1])[0]?.[0]
  return { unit: most(votes.map) ?? 0, seqOffset: most(votes.seq) ?? -1, tabs: false }
}

/** The style of an item, and of its text where the item shows none. */
export function styleWithin({ text, style }: Tree, item: Item): Style {
  const kind = item.key === null ? "seq" : "map"
  const { unit, seqOffset } = styleOf([{ kind, indent: columnOf(text, item.start), items: [item] }])
  return { ...style, unit: unit === 0 ? style.unit : unit, seqOffset: seqOffset < 0 ? style.seqOffset : seqOffset }
}
