import { pinOf, staysRaised } from "../rules/version-pin.ts"
import type { Sides } from "./align-renames.ts"
import type { Body, Entry, ListItem } from "./outline.ts"

/**
 * The sides with the base's versions set to what theirs lowers them to, wherever ours raised them: then only ours is a
 * change.
 */
export function raiseBase(sides: Sides, isFloor: (keys: readonly string[]) => boolean): Sides {
  const stays = (keys: readonly string[], b: Value, o: Value, t: Value): boolean => {
    if (b.canon === o.canon || b.canon === t.canon || o.canon === t.canon || !isFloor(keys)) return false
    return staysRaised(pinOf(b.text, b.comment), pinOf(o.text, o.comment), pinOf(t.text, t.comment))
  }

  const bodyOf = (parent: readonly string[], base: Body, ours: Body, theirs: Body): Body => {
    const [inBase, inOurs, inTheirs] = [base, ours, theirs].map(byName)
    const entries = base.entries.map((entry) => {
      const name = nameOf(entry)
      const [o, t] = [inOurs!.get(name), inTheirs!.get(name)]
      if (inBase!.get(name) === undefined || o === undefined || t === undefined) return entry
      return entryOf([...parent, ...keysOf(entry)], entry, o, t)
    })
    return { ...base, entries }
  }

  const entryOf = (keys: readonly string[], base: Entry, ours: Entry, theirs: Entry): Entry => {
    if (base.list !== undefined && ours.list !== undefined && theirs.list !== undefined)
      return listOf(keys, base, ours.list.items, theirs.list.items)
    if (base.body !== undefined)
      return ours.body && theirs.body ? { ...base, body: bodyOf(keys, base.body, ours.body, theirs.body) } : base
    if (ours.body !== undefined || theirs.body !== undefined) return base
    if (!stays(keys, valueOf(base), valueOf(ours), valueOf(theirs))) return base
    const { value, after, canon } = theirs
    // A comment that names the version of a commit belongs to it.
    const byHash = pinOf(ours.value, ours.after)?.byHash === true
    return { ...base, value, canon, ...(byHash && { after }) }
  }

  const listOf = (
    keys: readonly string[],
    base: Entry,
    ours: readonly ListItem[],
    theirs: readonly ListItem[],
  ): Entry => {
    const find = (items: readonly ListItem[], id: string): ListItem | undefined => {
      const found = items.filter((item) => item.id === id)
      return found.length === 1 ? found[0] : undefined
    }
    const raise = <T extends { readonly id: string; readonly canon: string }>(item: T): T & Partial<ListItem> => {
      const [b, o, t] = [base.list!.items, ours, theirs].map((items) => find(items, item.id))
      if (b === undefined || o === undefined || t === undefined) return item
      return stays(keys, b, o, t) ? { ...item, ...t } : item
    }
    const items = base.list!.items.map(raise)
    // Others may share their id, such as extras of one package.
    const changed = items.filter((item, index) => item !== base.list!.items[index])
    const raised = new Map(changed.map((item) => [item.id, item]))
    const entries = base.body?.entries.map((entry) => {
      const item = raised.get(entry.id)
      return item === undefined ? entry : { ...entry, value: item.text, canon: item.canon }
    })
    return { ...base, list: { ...base.list!, items }, ...(entries && { body: { ...base.body!, entries } }) }
  }

  return { ...sides, base: bodyOf([], sides.base, sides.ours, sides.theirs) }
}

interface Value {
  readonly text: string
  readonly canon: string
  readonly comment?: string
}

function valueOf({ value, canon, after }: Entry): Value {
  return { text: value, canon: `${canon} ${after.trim()}`, comment: after }
}

function nameOf({ id, alias = "" }: Entry): string {
  return `${id} ${alias}`
}

/** The entries that are there once. */
function byName({ entries }: Body): ReadonlyMap<string, Entry> {
  const found = new Map<string, Entry>()
  const twice = new Set<string>()
  for (const entry of entries) {
    const name = nameOf(entry)
    if (found.has(name)) twice.add(name)
    found.set(name, entry)
  }
  for (const name of twice) found.delete(name)
  return found
}

/** The keys of an entry without what languages put around them: `key version`, `block module x`, `[section]`, `[["array"]]`. */
function keysOf({ id, path = [id] }: Pick<Entry, "id" | "path">): readonly string[] {
  return path.flatMap((step) => {
    const array = /^\[\[(\[.*\])\]\]$/.exec(step)?.[1]
    if (array !== undefined) return JSON.parse(array) as string[]
    if (step.startsWith("block ")) return step.slice("block ".length).split(" ")
    return step.replace(/^key /, "").replace(/^\[(.*)\]$/, "$1")
  })
}
