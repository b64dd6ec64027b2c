import { identityOf, isAtomicList, isOrderedList, isSetList } from "../../structure/identity-rules.ts"
import { indentOf, linesWithEnds } from "../../structure/layout.ts"
import type { Range, StructureAdapter, Tree } from "../../structure/model.ts"
import { parseJson } from "./parse-json.ts"

export const jsonAdapter: StructureAdapter = {
  name: "json",
  parse: parseJson,
  isComment: (line) => /^\s*(?:\/\/|\/\*)/.test(line),
  identity: identityOf,
  isAtomic: isAtomicList,
  isOrdered: isOrderedList,
  isSet: isSetList,
  adapt: (from, range, _node, into, [, indent]) => adaptJson(from, range, into, indent),
  blockCanon: ({ body }) => body,
  emptyText: (kind) => (kind === "map" ? "{}" : "[]"),
  asDelimItem: (from, item, into, indent) => adaptJson(from, [item.start, item.end], into, indent),
  asLineItem: () => undefined,
}

/** The indentation of JSON is a level's width times the level. */
function adaptJson(from: Tree, [start, end]: Range, into: Tree, indent: number): string {
  const was = indentOf(from.text, start)
  const [unit, newUnit] = [from.style.unit || 2, into.style.unit || from.style.unit || 2]
  const blank = (into.style.unit > 0 ? into : from).style.tabs ? "\t" : " "
  return linesWithEnds(from.text.slice(start, end))
    .map((line, index) => {
      if (index === 0) return line
      const width = /^[ \t]*/.exec(line)![0].length
      return blank.repeat(Math.max(0, indent + Math.round((width - was) / unit) * newUnit)) + line.slice(width)
    })
    .join("")
}
