import { lineStart } from "./layout.ts"
import type { Entry } from "./members.ts"
import { mergeTrivia, triviaLines } from "./merge-trivia.ts"
import { lineItem } from "./merged.ts"
import type { Item, Node, Range, Tree } from "./model.ts"
import { showPath } from "./key-path.ts"
import { plain, trimFront, type Rope } from "./rope.ts"
import { Doubt, type Sides, type Three } from "./sides.ts"

const BLANK_LINES = /^(?:[ \t]*\n)+/

/** The lines of a container of ours, with the comments at its ends. */
export function emitLines(sides: Sides, nodes: Three<Node>, entries: readonly Entry[]): Rope {
  const { ours } = nodes
  const alive = entries.filter(({ kind }) => kind !== "gone")
  const comments = [...edge(sides, nodes, "head"), ...edge(sides, nodes, "foot")]
  if (alive.length === 0) {
    if (comments.some((chunk) => chunk.kind === "open" || chunk.text.trim() !== "") || !ours.items[0]!.own)
      throw new Doubt("comments in a container that becomes empty")
    // How that is written is up to the item that holds it.
    return []
  }
  const first = ours.items[0]
  const compact = first !== undefined && !first.own
  const started = entries[0]
  const untouched =
    started !== undefined && started.kind !== "theirs" && started.kind !== "gone" && started.item === first
  const ropes = entries.map((entry, index) => {
    const rope = ropeOf(sides, nodes, entry)
    // The first key behind a dash has no indentation of its own; behind another one it needs it.
    return compact &&
      index > 0 &&
      entry.item === first &&
      entry.kind !== "theirs" &&
      entry.kind !== "open" &&
      entry.kind !== "gone"
      ? [...plain(" ".repeat(ours.indent)), ...rope]
      : rope
  })
  let lines: Rope = ropes.flat()
  if (!untouched) {
    if (compact) lines = behindDash(lines)
    // Who comes first now has no use for the blank lines that set it apart from what was in front of it.
    else if (first === undefined || !startsBlank(sides.ours, first)) lines = trimFront(lines, BLANK_LINES)
  }
  return [...edge(sides, nodes, "head"), ...lines, ...edge(sides, nodes, "foot")]
}

function ropeOf(sides: Sides, nodes: Three<Node>, entry: Entry): Rope {
  const container = nodes.ours
  switch (entry.kind) {
    case "ours":
      return entry.rope
    case "clash": {
      const { item } = entry
      const line = item.own ? lineStart(sides.ours.text, item.start) : item.start
      return [...plain(sides.ours.text.slice(item.lead, line)), entry.open]
    }
    case "gone":
      return plain(keptComments(sides, container, entry.item, entry.base))
    case "theirs": {
      const { item } = entry
      const lead = item.inLines && item.own ? leadOf(sides, nodes, item) : ""
      return plain(lead + lineItem(sides, "theirs", item, container.indent, true))
    }
    case "open": {
      const [base, theirs] = [
        lineItem(sides, "base", entry.base, container.indent, true),
        lineItem(sides, "theirs", entry.item, container.indent, true),
      ]
      return [{ kind: "open", ours: "", base, theirs, at: showPath(entry.path) }]
    }
  }
}

function leadOf({ ours, theirs }: Sides, nodes: Three<Node>, item: Item): string {
  // Two files without a base start with the same comments, above whatever comes first in each.
  const known = nodes.base === undefined ? triviaLines(ours.text) : []
  const lines = triviaLines(theirs.text.slice(item.lead, lineStart(theirs.text, item.start)))
  return lines
    .filter((line) => line === "" || !known.includes(line))
    .map((line) => (line === "" ? "\n" : `${" ".repeat(nodes.ours.indent)}${line}\n`))
    .join("")
}

/** Comments above a removed item, apart from it, that ours wrote: they were not about the item. */
function keptComments({ base, ours }: Sides, container: Node, item: Item, was: Item): string {
  if (!item.own) return ""
  const known = triviaLines(base.text.slice(was.lead, was.start))
  const lines = triviaLines(ours.text.slice(item.lead, item.glued)).filter(
    (line) => line !== "" && !known.includes(line),
  )
  return lines.map((line) => `${" ".repeat(container.indent)}${line}\n`).join("")
}

/** What now stands first behind the dash of `- a: 1`. */
function behindDash(lines: Rope): Rope {
  const trimmed = trimFront(lines, /^\s+/)
  const text = trimmed.map((chunk) => (chunk.kind === "open" ? "" : chunk.text)).join("")
  if (text.startsWith("#") || trimmed.find((chunk) => chunk.kind === "open" || chunk.text !== "")?.kind === "open")
    throw new Doubt("a comment or conflict behind the dash")
  return trimmed
}

function startsBlank({ text }: Tree, first: Item): boolean {
  return BLANK_LINES.test(text.slice(first.lead, first.glued))
}

/** The comments in front of the first item, or behind the last. */
function edge(sides: Sides, { base, ours, theirs }: Three<Node>, name: "head" | "foot"): Rope {
  const textOf = (tree: Tree, range: Range | undefined): string =>
    range === undefined ? "" : tree.text.slice(...range)
  const written = textOf(sides.ours, ours[name])
  if (base?.[name] === undefined || theirs[name] === undefined) return plain(written)
  const lines = [textOf(sides.base, base[name]), written, textOf(sides.theirs, theirs[name])].map(triviaLines)
  return mergeTrivia(lines[0]!, lines[1]!, lines[2]!, written, name === "head" ? "" : " ".repeat(ours.indent))
}
