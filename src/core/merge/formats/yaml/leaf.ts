import type { Node } from "../../structure/model.ts"

/** No value: the place where one would stand. */
export function nothingAt(at: number): Node {
  return leaf("null", at, at, "p:")
}

export function leaf(kind: Node["kind"], start: number, end: number, canon: string): Node {
  return { kind, layout: "inline", start, end, items: [], indent: 0, canon, props: "" }
}
