import type { Node } from "../../structure/model.ts"
import { scalarNode } from "./build-scalar.ts"
import { scalarCanon } from "./scalar-canon.ts"

/** The text uses more of YAML than `parsePlainYaml` reads. */
export class Beyond extends Error {}

// Longer keys are an error of their own in YAML.
const LONGEST_KEY = 1000
const INDICATORS = new Set("-?:,[]{}#&*!|>'\"%@`")
// Not strings in YAML 1.1, but in 1.2, by which keys are read.
const STRINGS_SINCE_1_2 = /^(?:yes|no|on|off|y|n)$/i

export function plainNode(text: string, start: number, end: number): Node {
  return scalarNode(start, end, "", text.slice(start, end))
}

export function quotedNode(text: string, start: number, end: number): Node {
  return scalarNode(start, end, text[start]!, quotedValue(text.slice(start, end)))
}

/** Whether what stands at `at` can be a scalar without quotes. */
export function startsPlain(text: string, at: number): boolean {
  if (!INDICATORS.has(text[at]!)) return true
  return text[at] === "-" && /[\w.]/.test(text[at + 1]!)
}

/** Behind the closing quote of the scalar at `start`, which has to be on the same line. */
export function quoteEnd(text: string, start: number): number {
  const quote = text[start]!
  const line = text.indexOf("\n", start)
  let at = text.indexOf(quote, start + 1)
  while (at >= 0 && at < line) {
    if (quote === "'" && text[at + 1] === "'") at = text.indexOf(quote, at + 2)
    else if (quote === '"' && isEscaped(text, at)) at = text.indexOf(quote, at + 1)
    else return at + 1
  }
  throw new Beyond()
}

function isEscaped(text: string, at: number): boolean {
  let before = at
  while (text[before - 1] === "\\") before--
  return (at - before) % 2 === 1
}

function quotedValue(source: string): string {
  if (source.startsWith("'")) return source.slice(1, -1).replaceAll("''", "'")
  if (!source.includes("\\")) return source.slice(1, -1)
  // These escapes are those of JSON as well.
  if (/\\[^"\\/bfnrtu]/.test(source.replaceAll("\\\\", "")) || /\\u(?![\da-fA-F]{4})/.test(source)) throw new Beyond()
  return JSON.parse(source) as string
}

/** The name of the key that is written from `start` to `end`. */
export function keyName(text: string, start: number, end: number): string {
  const source = text.slice(start, end)
  if (source === "" || source.length > LONGEST_KEY) throw new Beyond()
  if (source.startsWith('"') || source.startsWith("'")) return quotedValue(source)
  if (!startsPlain(text, start) || source.endsWith(" ") || source === "<<") throw new Beyond()
  // `1.0` and `0x10` are the names `1` and `16`.
  if (scalarCanon(source, false).startsWith("p:") && !STRINGS_SINCE_1_2.test(source)) throw new Beyond()
  return source
}
