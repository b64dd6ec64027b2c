import type { Part } from "../formats/part.ts"
import { showStep, stepTo } from "./key-path.ts"
import { Unreadable, type KeyPath, type Node, type StructureAdapter } from "./model.ts"
import { isContainer } from "./sides.ts"

/** What a text of a structured format says; undefined for one that cannot be read. */
export function partsOfTree(adapter: StructureAdapter, text: string): readonly Part[] | undefined {
  try {
    const { docs } = adapter.parse(text)
    const lineOf = lineCounter(text)
    if (docs.length !== 1) return docs.map((doc, index) => partOf(doc, `[document ${index + 1}]`, doc.start))
    return docs[0]!.items.length === 0 ? [partOf(docs[0]!, "", docs[0]!.start)] : membersOf(docs[0]!, [])

    function partOf(node: Node, id: string, start: number, path: KeyPath = []): Part {
      const whole = !isContainer(node) || (node.kind === "seq" && adapter.isAtomic(path))
      const part = { id, name: id === "" ? "" : showStep(id), canon: node.canon }
      const lines = [lineOf(start), lineOf(Math.max(start, node.end - 1))] as const
      if (whole) return { ...part, text: text.slice(node.start, node.end), lines }
      return {
        ...part,
        text: node.items.length === 0 ? text.slice(node.start, node.end) : "",
        lines,
        parts: membersOf(node, path),
      }
    }

    function membersOf(node: Node, path: KeyPath): readonly Part[] {
      return node.items.map((item, index) => {
        const identity = node.kind === "map" ? null : adapter.identity(path, item)
        const step = stepTo(item.key, identity, index)
        const part = partOf(item.node, step, item.start, [...path, step])
        // A number is no name: the same item may have another one on another side.
        const named = item.key === null && identity === null ? { ...part, id: "" } : part
        return { ...named, comment: text.slice(...item.tail) }
      })
    }
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

/** Numbers of lines by offset, from 1. */
function lineCounter(text: string): (offset: number) => number {
  const starts = [0]
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1)
  return (offset) => {
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if (starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return low + 1
  }
}
