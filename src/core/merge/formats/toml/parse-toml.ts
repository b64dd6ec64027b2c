import { bodyBuilder, type BodyBuilder } from "../../outline/build-body.ts"
import type { ListRule } from "../../../model/template.ts"
import type { FileRules } from "../../rules/merge-rules.ts"
import { RepeatedKey, Unreadable, type Body, type Entry } from "../../outline/outline.ts"
import { parseList, skipBlanks } from "../../outline/parse-list.ts"
import { canonOf, readKey, restOfLine, valueEnd } from "./toml-values.ts"
import { listGrammarOf, namedBy, parseInlineTable } from "./toml-lists.ts"

/** Reads a file of TOML as a list of keys and tables. Throws `Unreadable`, also for a key that is set twice. */
export function parseToml(text: string, rules: FileRules): Body {
  const root = bodyBuilder()
  const tables = new Set<string>()
  let table: OpenTable = { builder: root, keys: new Set(), name: [] }
  let line = 1
  for (let at = 0; at < text.length;) {
    const content = skipBlanks(text, at)
    let stop = text.indexOf("\n", content)
    if (content === stop || text[content] === "#") table.builder.trivia(text.slice(at, stop))
    else if (text[content] === "[") {
      const lead = table.head === undefined ? root.takeTrivia() : closeTable(table, root, rules)
      table = openTable(text, at, stop, line, lead, table)
      const id = table.head!.id
      if (!id.includes("[[") && tables.has(id)) throw new RepeatedKey(id)
      tables.add(id)
    } else {
      const { entry, to } = parseKey(text, at, content, line, table.name, rules)
      if (table.keys.has(entry.id)) throw new RepeatedKey(entry.id)
      table.keys.add(entry.id)
      table.builder.entry(entry)
      stop = to
    }
    for (
      let newline = text.indexOf("\n", at);
      newline >= 0 && newline <= stop;
      newline = text.indexOf("\n", newline + 1)
    )
      line++
    at = stop + 1
  }
  if (table.head !== undefined) for (const comment of closeTable(table, root, rules)) root.trivia(comment)
  return root.build()
}

interface OpenTable {
  readonly builder: BodyBuilder
  readonly keys: Set<string>
  readonly name: readonly string[]
  readonly head?: Omit<Entry, "lead" | "body">
  readonly lead?: readonly string[]
  /** The `[[array]]` that this table belongs to: its name, and the id of the element. */
  readonly array?: { readonly name: readonly string[]; readonly id: string }
}

/** Hands a finished table over to the file; what stands behind its last key belongs to the next one. */
function closeTable(
  { builder, head, lead, array, name }: OpenTable,
  root: BodyBuilder,
  { listRule }: FileRules,
): readonly string[] {
  const rest = builder.takeTrivia()
  const body = builder.build()
  for (const comment of lead!) root.trivia(comment)
  const isElement = array !== undefined && array.name.length === name.length
  const alias = isElement ? aliasOf(body, listRule(name)) : undefined
  root.entry({ ...head!, body, ...(alias === undefined ? {} : { alias }) })
  return rest
}

/** What names an element of an array of tables. */
function aliasOf({ entries }: Body, rule: ListRule | undefined): string | undefined {
  const values = new Map(entries.map(({ id, canon }) => [id, canon]))
  if (rule?.key !== undefined) return namedBy(rule.key, values)
  const named = entries.find(({ id }) => /^(?:name|id|module|path|key|source|filename)$/.test(id))
  return named && `${named.id}=${named.canon}`
}

function openTable(
  text: string,
  at: number,
  stop: number,
  line: number,
  lead: readonly string[],
  last: OpenTable,
): OpenTable {
  const content = skipBlanks(text, at)
  const isArray = text[content + 1] === "["
  const { parts, end } = readKey(text, skipBlanks(text, content + (isArray ? 2 : 1)))
  const close = isArray ? "]]" : "]"
  const from = skipBlanks(text, end)
  const behind = from + close.length
  if (!text.startsWith(close, from) || restOfLine(text, behind) !== "") throw new Unreadable("no table")
  const written = JSON.stringify(parts)
  const isInside =
    last.array?.name.every((part, index) => parts[index] === part) === true && parts.length > last.array.name.length
  const id = isArray ? `[[${written}]]` : isInside ? `${last.array!.id} ${written}` : written
  const head = {
    id: isInside && isArray ? `${last.array!.id} ${id}` : id,
    path: isArray || isInside ? [id] : parts,
    before: text.slice(at, behind),
    value: "",
    after: text.slice(behind, stop),
    canon: "{}",
    line,
  }
  const array = isArray ? { name: parts, id: head.id } : isInside ? last.array : undefined
  return { builder: bodyBuilder(), keys: new Set(), name: parts, head, lead, ...(array && { array }) }
}

function parseKey(
  text: string,
  at: number,
  content: number,
  line: number,
  table: readonly string[],
  { listRule }: FileRules,
) {
  const { parts, end } = readKey(text, content)
  const equals = skipBlanks(text, end)
  if (text[equals] !== "=") throw new Unreadable("a key without a value")
  const from = skipBlanks(text, equals + 1)
  const valueStop = valueEnd(text, from)
  if (restOfLine(text, valueStop) !== "") throw new Unreadable("code behind a value")
  const to = text.indexOf("\n", valueStop)
  const value = text.slice(from, valueStop)
  const id = parts.length === 1 && /^[\w-]+$/.test(parts[0]!) ? parts[0]! : JSON.stringify(parts)
  const place = { id, path: parts, before: text.slice(at, from), line }
  const entry = { ...place, value, after: text.slice(valueStop, to), canon: canonOf(value) }
  const path = [...table, ...parts]
  const rule = listRule(path)
  const isList = text[from] === "[" && rule?.kind !== "atomic"
  const list = isList
    ? parseList(text, from, valueStop, line, listGrammarOf(path, rule?.key))
    : parseInlineTable(text, from, valueStop)
  if (list === undefined) return { entry, to }
  if (list.body === undefined) return { entry: { ...entry, list: list.value, canon: list.canon }, to }
  const lineEnd = text.indexOf("\n", from)
  const last = text.lastIndexOf("\n", valueStop - 1) + 1
  const head = { ...place, before: text.slice(at, from + 1), value: "", after: text.slice(from + 1, lineEnd) }
  return { entry: { ...head, canon: list.canon, list: list.value, body: list.body, close: text.slice(last, to) }, to }
}
