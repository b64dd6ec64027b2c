import { isMap, isScalar, parseDocument, type Document, type YAMLMap } from "yaml"
import type { Answers, AnswerValue } from "../model/answers.ts"
import { yamlValue } from "../render/quote.ts"
import type { ProjectFile } from "./project-file.ts"

/**
 * meshwright.yml with another version and other answers, edited in place: only the values that differ change, everything
 * else keeps its bytes. A new answer goes to the end of `answers`; one that no longer exists is taken out.
 */
export function editProjectFile(text: string, change: Pick<ProjectFile, "template" | "version" | "answers">): string {
  const document = parseDocument(text, { logLevel: "error" })
  const edits: Edit[] = []
  setValue(document.contents, text, "template", change.template, edits)
  setValue(document.contents, text, "version", change.version, edits)
  editAnswers(document, text, change.answers, edits)
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

function editAnswers(document: Document, text: string, answers: Answers, edits: Edit[]): void {
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
  for (const [name, value] of Object.entries(answers)) {
    if (map.has(name)) setValue(map, text, name, value, edits)
  }
  for (const pair of map.items) {
    const key = isScalar(pair.key) ? String(pair.key.value) : ""
    if (!Object.hasOwn(answers, key)) removePair(map, text, pair, edits)
  }
  const added = Object.entries(answers).filter(([name]) => !map.has(name))
  if (added.length > 0) addPairs(map, text, added, eol, edits)
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

function removePair(map: YAMLMap, text: string, pair: YAMLMap["items"][number], edits: Edit[]): void {
  // In a flow map a comma would have to go too; an answer too many does no harm there.
  const start = (pair.key as { range?: [number, number, number] }).range?.[0]
  const end = (pair.value as { range?: [number, number, number] } | null)?.range?.[2]
  if (map.flow || start === undefined || end === undefined) return
  const lineStart = text.lastIndexOf("\n", start - 1) + 1
  edits.push({ start: lineStart, end, replacement: "" })
}

function addPairs(
  map: YAMLMap,
  text: string,
  added: readonly (readonly [string, AnswerValue])[],
  eol: string,
  edits: Edit[],
): void {
  const [start, valueEnd] = map.range ?? [0, 0]
  if (map.flow) {
    const close = text.lastIndexOf("}", valueEnd)
    const separator = map.items.length > 0 && !/,\s*$/.test(text.slice(start, close)) ? ", " : ""
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
