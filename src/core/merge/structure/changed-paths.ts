import { align } from "./align.ts"
import { showPath, stepTo } from "./key-path.ts"
import type { Item, KeyPath, StructureAdapter } from "./model.ts"
import { isContainer } from "./sides.ts"

/** What differs between two versions of an item, as paths: as deep as it goes, to tell what came in. */
export function changedPaths(adapter: StructureAdapter, path: KeyPath, was: Item, is: Item): readonly string[] {
  if (was.node.canon === is.node.canon) return [showPath(path)]
  return changedWithin(adapter, path, was, is)
}

function changedWithin(adapter: StructureAdapter, path: KeyPath, was: Item, is: Item): readonly string[] {
  const [a, b] = [was.node, is.node]
  if (a.canon === b.canon) return []
  const deeper = isContainer(a) && a.kind === b.kind && !adapter.isAtomic(path)
  if (!deeper || a.items.length === 0 || b.items.length === 0) return [showPath(path)]
  const { ours, theirs } = align(adapter, path, undefined, a, b)
  const step = (item: Item, index: number): KeyPath => [
    ...path,
    stepTo(item.key, a.kind === "map" ? null : adapter.identity(path, item), index),
  ]
  const places = new Map(ours.map((id, index) => [id, a.items[index]!]))
  const changed = b.items.flatMap((item, index) => {
    const before = places.get(theirs[index]!)
    places.delete(theirs[index]!)
    if (before === undefined) return [showPath(step(item, index))]
    return changedWithin(adapter, step(item, index), before, item)
  })
  const gone = a.items.flatMap((item, index) => (places.has(ours[index]!) ? [showPath(step(item, index))] : []))
  const all = [...changed, ...gone]
  return all.length === 0 ? [showPath(path)] : all
}
