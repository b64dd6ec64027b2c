import { isMap, isScalar, isSeq, parseDocument } from "yaml"
import { readMap } from "./dbt-project.ts"

type Entry = Readonly<Record<string, unknown>>

/**
 * The addition to a YAML list without what it would add to entries that are there: those are the team's. They only get
 * tables, and where the entry says nothing of its schema, one that is not its name, which is what dbt takes.
 * @param ours the file that is there
 * @param addition the file as the generator renders it
 * @param list the key of the list
 */
export function leaveEntries(ours: string, addition: string, list: string): string {
  const there = readMap(ours)?.[list]
  const document = parseDocument(addition)
  const added = document.get(list)
  if (!Array.isArray(there) || !isSeq(added)) return addition
  const entries = there.filter((each): each is Entry => typeof each === "object" && each !== null)
  let isLess = false
  for (const item of added.items) {
    const name = isMap(item) ? item.get("name") : undefined
    const entry = entries.find((each) => each["name"] === name)
    if (!isMap(item) || entry === undefined) continue
    const left = item.items.filter(({ key, value }) => {
      const said = isScalar(key) ? String(key.value) : ""
      return said in entry || said === "tables" || (said === "schema" && isScalar(value) && value.value !== name)
    })
    isLess ||= left.length < item.items.length
    item.items = left
  }
  return isLess ? document.toString({ lineWidth: 0, flowCollectionPadding: false }) : addition
}
