/**
 * Items in their order, but behind those that they need; among those that need each other the order stays.
 * @param needs names of what an item needs, of other items or of anything else
 */
export function inOrderOfNeed<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  needs: (item: T) => readonly string[],
): readonly T[] {
  const byName = new Map(items.map((item) => [nameOf(item), item]))
  const ordered = new Set<T>()
  const visited = new Set<T>()
  const visit = (item: T | undefined): void => {
    if (item === undefined || visited.has(item)) return
    visited.add(item)
    for (const name of needs(item)) visit(byName.get(name))
    ordered.add(item)
  }
  for (const item of items) visit(item)
  return [...ordered]
}
