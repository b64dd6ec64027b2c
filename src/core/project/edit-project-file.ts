import { isMap, isScalar, isSeq, parseDocument, type Document, type YAMLMap } from "yaml"
import { type NewNames, renamedKeys } from "../answers/rename-answers.ts"
import type { AnswerValue } from "../model/answers.ts"
import { yamlValue } from "../render/quote.ts"
import type { ProjectFile } from "./project-file.ts"

/** What meshwright.yml says from now on. */
interface ProjectChange extends Pick<ProjectFile, "template" | "version" | "answers"> {
  /** The names that questions have now, by those that they had. */
  readonly renamed?: NewNames
  /** Exceptions that go along with files which the template has elsewhere now: old path to new. */
  readonly movedExceptions?: ReadonlyMap<string, string>
}

/**
 * meshwright.yml with another version and other answers, edited in place: only the values that differ change, everything
 * else keeps its bytes. A question that was renamed gets its name where it stands; a new answer goes to the end of
 * `answers`; one that no longer exists is taken out.
 */
export function editProjectFile(text: string, change: ProjectChange): string {
  const document = parseDocument(text, { logLevel: "error" })
  const edits: Edit[] = []
  setValue(document.contents, text, "template", change.template, edits)
  setVersion(document.contents, text, change.version, edits)
  editAnswers(document, text, change, edits)
  moveExceptions(document, text, change.movedExceptions ?? new Map(), edits)
  let result = text
  for (const { start, end, replacement } of edits.toSorted((a, b) => b.start - a.start)) {
    result = result.slice(0, start) + replacement + result.slice(end)
  }
  return result
}

interface Edit {
  readonly start: number
  readonly end: number
  readonly replacement: string
}

function setValue(map: unknown, text: string, key: string, value: AnswerValue, edits: Edit[]): void {
  const node = isMap(map) ? map.get(key, true) : undefined
  const range = (node as { range?: [number, number, number] } | undefined)?.range
  const current = (node as { toJSON?(): unknown } | undefined)?.toJSON?.()
  if (!range || JSON.stringify(current) === JSON.stringify(value)) return
  // A version like 1.10 reads as a number and still is the same version.
  if (isScalar(node) && node.source === value) return
  // The range of a block list ends behind its last line.
  const end = range[0] + text.slice(range[0], range[1]).trimEnd().length
  edits.push({ start: range[0], end, replacement: yamlValue(value) })
}

/** Without a version of its own the file would never fit the lock. */
function setVersion(map: unknown, text: string, version: string, edits: Edit[]): void {
  if (!isMap(map) || map.has("version")) return setValue(map, text, "version", version, edits)
  const template = map.items.find(({ key }) => isScalar(key) && key.value === "template")
  const [start, end] = [rangeOf(template?.key)?.[0], rangeOf(template?.value)?.[1]]
  if (start === undefined || end === undefined) return
  if (map.flow) return void edits.push({ start, end: start, replacement: `version: ${yamlValue(version)}, ` })
  const eol = text.includes("\r\n") ? "\r\n" : "\n"
  const newline = text.indexOf("\n", end)
  const [at, line] = [newline < 0 ? text.length : newline + 1, `version: ${yamlValue(version)}`]
  edits.push({ start: at, end: at, replacement: newline < 0 ? eol + line : line + eol })
}

function moveExceptions(document: Document, text: string, moved: ReadonlyMap<string, string>, edits: Edit[]): void {
  const list = document.get("exceptions", true)
  if (!isSeq(list)) return
  for (const item of list.items) {
    const to = isMap(item) ? moved.get(String(item.get("path"))) : undefined
    if (to !== undefined) setValue(item, text, "path", to, edits)
  }
}

function editAnswers(
  document: Document,
  text: string,
  { answers, renamed: names = new Map() }: ProjectChange,
  edits: Edit[],
): void {
  const map = document.get("answers", true)
  const eol = text.includes("\r\n") ? "\r\n" : "\n"
  if (!isMap(map) || !map.range) {
    const lines = Object.entries(answers).map(([name, value]) => `  ${name}: ${yamlValue(value)}${eol}`)
    if (lines.length === 0) return
    const key = keyWithoutValue(document, text)
    if (key !== undefined) edits.push({ ...key, replacement: eol + lines.join("").trimEnd() })
    else {
      const ended = text === "" || text.endsWith("\n")
      const replacement = `${ended ? "" : eol}answers:${eol}${lines.join("")}`
      edits.push({ start: text.length, end: text.length, replacement })
    }
    return
  }
  const keys = map.items.map(({ key }) => (isScalar(key) ? String(key.value) : ""))
  const renamed = renamedKeys(keys, names)
  const present = new Set<string>()
  const removed = new Set<number>()
  for (const [index, key] of keys.entries()) {
    const now = renamed.has(key) ? renamed.get(key) : key
    const value = now !== undefined && Object.hasOwn(answers, now) ? answers[now] : undefined
    if (now === undefined || value === undefined) {
      removed.add(index)
      continue
    }
    present.add(now)
    const range = rangeOf(map.items[index]!.key)
    if (now !== key && range) {
      const isQuoted = /^["']/.test(text.slice(range[0], range[1]))
      edits.push({ start: range[0], end: range[1], replacement: isQuoted ? JSON.stringify(now) : now })
    }
    setValue(map, text, key, value, edits)
  }
  removePairs(map, text, removed, edits)
  const added = Object.entries(answers).filter(([name]) => !present.has(name))
  if (added.length > 0) addPairs(map, text, added, present.size > 0, eol, edits)
}

function rangeOf(node: unknown): [number, number, number] | undefined {
  return (node as { range?: [number, number, number] | null } | null | undefined)?.range ?? undefined
}

/** Where the value of `answers:` would stand, when the key is there and has none. */
function keyWithoutValue({ contents }: Document, text: string): Pick<Edit, "start" | "end"> | undefined {
  const pair = isMap(contents) ? contents.items.find(({ key }) => isScalar(key) && key.value === "answers") : undefined
  if (!isScalar(pair?.key) || !pair.key.range) return undefined
  // Nothing has its place on the next line; `~` and `null` where they are written.
  const { value } = pair
  if (isScalar(value) && value.source !== "" && value.range) return { start: value.range[0], end: value.range[1] }
  const start = text.indexOf(":", pair.key.range[1]) + 1
  return { start, end: start }
}

function removePairs(map: YAMLMap, text: string, removed: ReadonlySet<number>, edits: Edit[]): void {
  if (map.flow) {
    edits.push(...removedFromFlow(map, text, removed))
    return
  }
  for (const index of removed) {
    const { key, value } = map.items[index]!
    const start = rangeOf(key)?.[0]
    const end = rangeOf(value)?.[2]
    if (start === undefined || end === undefined) continue
    edits.push({ start: text.lastIndexOf("\n", start - 1) + 1, end, replacement: "" })
  }
}

/** In `{a: 1, b: 2}` a comma goes along: that behind what is removed, or before it at the end. */
function removedFromFlow({ items }: YAMLMap, text: string, removed: ReadonlySet<number>): Edit[] {
  const edits: Edit[] = []
  const startOf = (index: number): number => rangeOf(items[index]!.key)?.[0] ?? 0
  const endOf = (index: number): number => rangeOf(items[index]!.value)?.[1] ?? rangeOf(items[index]!.key)?.[1] ?? 0
  for (let first = 0; first < items.length; first++) {
    if (!removed.has(first)) continue
    let last = first
    while (removed.has(last + 1)) last++
    if (last + 1 < items.length) edits.push({ start: startOf(first), end: startOf(last + 1), replacement: "" })
    else if (first > 0) edits.push({ start: endOf(first - 1), end: endOf(last), replacement: "" })
    else {
      const comma = /^\s*,/.exec(text.slice(endOf(last)))?.[0].length ?? 0
      edits.push({ start: startOf(0), end: endOf(last) + comma, replacement: "" })
    }
    first = last
  }
  return edits
}

function addPairs(
  map: YAMLMap,
  text: string,
  added: readonly (readonly [string, AnswerValue])[],
  isBehind: boolean,
  eol: string,
  edits: Edit[],
): void {
  const [start, valueEnd] = map.range ?? [0, 0]
  if (map.flow) {
    const close = text.lastIndexOf("}", valueEnd)
    const separator = isBehind && !/,\s*$/.test(text.slice(start, close)) ? ", " : ""
    edits.push({
      start: close,
      end: close,
      replacement: separator + added.map(([name, value]) => `${name}: ${yamlValue(value)}`).join(", "),
    })
    return
  }
  const last = map.items.at(-1)
  const keyStart = (map.items[0]?.key as { range?: [number, number, number] } | undefined)?.range?.[0] ?? start
  const indent = text.slice(text.lastIndexOf("\n", keyStart - 1) + 1, keyStart)
  const valueNode = last?.value as { range?: [number, number, number] } | null | undefined
  // The end of the last answer's line, its comment included.
  const from = valueNode?.range?.[1] ?? valueEnd
  const newline = text.indexOf("\n", from)
  const at = newline < 0 ? text.length : newline + 1
  const lines = added.map(([name, value]) => `${indent}${name}: ${yamlValue(value)}${eol}`).join("")
  edits.push({ start: at, end: at, replacement: newline < 0 ? eol + lines : lines })
}
