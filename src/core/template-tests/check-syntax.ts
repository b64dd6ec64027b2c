import { LineCounter, parseAllDocuments } from "yaml"
import { decodeText } from "../decode-text.ts"
import { formatOf } from "../merge/formats/index.ts"
import { parseHcl } from "../merge/formats/hcl/parse-hcl.ts"
import { parseIni } from "../merge/formats/ini/parse-ini.ts"
import { parseJson } from "../merge/formats/json/parse-json.ts"
import { parseToml } from "../merge/formats/toml/parse-toml.ts"
import { RepeatedKey, Unreadable } from "../merge/outline/outline.ts"
import { DEFAULT_RULES } from "../merge/rules/merge-rules.ts"
import { type Item, type Node, Unreadable as UnreadableTree } from "../merge/structure/model.ts"
import { warning } from "../template-lint/lint-input.ts"
import { type Diagnostic, problem } from "../model/diagnostic.ts"
import type { RelPath } from "../model/path.ts"

/** What is wrong in a file of a structured format; `line` where that is known. */
interface Fault {
  readonly message: string
  readonly line?: number
  /** It may well be valid: only that the parsers here, which are made for merging, do not understand it is certain. */
  readonly isDoubtful?: boolean
}

/**
 * Whether a file of YAML, JSON, TOML, HCL or INI parses and sets no key twice; undefined where it does, and for all other
 * files.
 */
export function syntaxProblem(path: RelPath, bytes: Uint8Array): Diagnostic | undefined {
  const { name } = formatOf(path)
  const check = CHECKS[name]
  if (check === undefined) return undefined
  const text = decodeText(bytes)
  const fault = text === undefined ? { message: "it is no text in UTF-8" } : check(`${text.trimEnd()}\n`, path)
  if (fault === undefined) return undefined
  const line = fault.line === undefined ? "" : `, line ${fault.line}`
  if (fault.isDoubtful === true)
    return warning(
      "rendered-unread",
      `renders ${path}, which cannot be read as ${name.toUpperCase()}: ${fault.message}`,
      {
        hint: "if it is valid all the same, updates merge it line by line",
      },
    )
  return problem("rendered-syntax", `renders ${path} that is no valid ${name.toUpperCase()}${line}: ${fault.message}`, {
    hint: "look at it with `meshwright template preview --file`; write answers through the helper of the format",
  })
}

const CHECKS: Readonly<Record<string, (text: string, path: RelPath) => Fault | undefined>> = {
  yaml: checkYaml,
  json: checkJson,
  toml: (text, path) => checkOutline(() => parseToml(text, DEFAULT_RULES.at(path))),
  hcl: (text) => checkOutline(() => parseHcl(text)),
  ini: (text, path) => checkOutline(() => parseIni(text, path)),
}

function checkYaml(text: string): Fault | undefined {
  const lineCounter = new LineCounter()
  const documents = parseAllDocuments(text, { lineCounter, uniqueKeys: true, prettyErrors: false, logLevel: "error" })
  const error = (Array.isArray(documents) ? documents : []).flatMap(({ errors }) => errors)[0]
  if (error === undefined) return undefined
  return { message: firstLine(error.message), line: lineCounter.linePos(error.pos[0]).line }
}

function checkJson(text: string): Fault | undefined {
  try {
    const repeated = parseJson(text)
      .docs.map(firstRepeated)
      .find((item) => item !== undefined)
    return (
      repeated && {
        message: `${repeated.key?.replace(/ \(\d+\)$/, "")} is set twice`,
        line: lineAt(text, repeated.start),
      }
    )
  } catch (error) {
    if (!(error instanceof UnreadableTree)) throw error
    const at = / at (\d+)$/.exec(error.message)?.[1]
    return at === undefined
      ? { message: error.message }
      : { message: "it cannot be read here", line: lineAt(text, Number(at)) }
  }
}

function firstRepeated({ items }: Node): Item | undefined {
  for (const item of items) {
    const found = item.repeated === true ? item : firstRepeated(item.node)
    if (found) return found
  }
  return undefined
}

function checkOutline(parse: () => unknown): Fault | undefined {
  try {
    parse()
    return undefined
  } catch (error) {
    if (error instanceof RepeatedKey) return { message: `${error.message.replace(/^key /, "")} is set twice` }
    if (error instanceof Unreadable) return { message: error.message, isDoubtful: true }
    throw error
  }
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? text
}
