import { comparePaths } from "../model/path.ts"
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLSeq } from "yaml"

/**
 * The addition to a YAML list, with the names of neighbours put around what is new: a merge then puts it where the
 * neighbours are. At the end, or, in a list that is sorted by name, in its place; a blank line before it where the list
 * has them.
 * @param ours the file that is there
 * @param addition the file as the generator renders it
 * @param list the key of the list
 */
export function anchorAddition(ours: string, addition: string, list: string): string {
  const there = namedItems(ours, list)
  const added = namedItems(addition, list)
  const [first] = added ?? []
  const lines = addition.split("\n")
  const indent = /^\s*(?=- )/.exec(lines[(first?.line ?? 0) - 1] ?? "")?.[0]
  if (!there || !added || !first || indent === undefined || there.length === 0) return addition
  const names = there.map(({ name }) => name)
  const texts = new Map(
    added.map(({ name, line }, index) => {
      const end = added[index + 1]?.line ?? first.end + 1
      return [
        name,
        lines
          .slice(line - 1, end - 1)
          .join("\n")
          .trimEnd(),
      ]
    }),
  )
  const fresh = [...texts.keys()].filter((name) => !names.includes(name))
  if (fresh.length === 0) return addition
  const isSorted = names.length > 2 && names.every((name, index) => index === 0 || names[index - 1]! < name)
  const order = isSorted ? [...names, ...fresh].toSorted(comparePaths) : [...names, ...fresh]
  const gap = there.slice(1).every(({ line }) => blankBefore(ours, line)) ? "\n" : ""
  const body = order.map((name) => {
    return fresh.includes(name)
      ? gap + texts.get(name)!
      : (texts.get(name) ?? `${indent}- name: ${JSON.stringify(name)}`)
  })
  return [...lines.slice(0, first.line - 1), ...body, ...lines.slice(first.end)].join("\n")
}

interface Item {
  readonly name: string
  /** First line of the item; last one of the list. */
  readonly line: number
  readonly end: number
}

/** The items of a list in block style, all of which have names; undefined for others. */
function namedItems(text: string, list: string): Item[] | undefined {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, logLevel: "silent" })
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined
  const seq = document.contents.get(list, true)
  if (!isSeq(seq) || seq.flow === true) return undefined
  const end = endLine(text, lines, seq)
  const items = seq.items.map((item) => {
    const name = isMap(item) ? item.get("name", true) : undefined
    return isScalar(name) && typeof name.value === "string" && isMap(item) && item.range
      ? { name: name.value, line: lines.linePos(item.range[0]).line, end }
      : undefined
  })
  return items.every((item) => item !== undefined) ? items : undefined
}

function endLine(text: string, lines: LineCounter, seq: YAMLSeq): number {
  const end = seq.range?.[1] ?? text.length
  return lines.linePos(text.slice(0, end).trimEnd().length).line
}

/** Whether a line, or the comment above it, has a blank line above. */
function blankBefore(text: string, line: number): boolean {
  const lines = text.split("\n")
  let at = line - 2
  while (at >= 0 && lines[at]!.trim().startsWith("#")) at--
  return at >= 0 && lines[at]!.trim() === ""
}
