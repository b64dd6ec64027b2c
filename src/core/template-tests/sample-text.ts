/** A part of a regular expression: what to write for it, in one of several ways. */
type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "class"; readonly source: string }
  | { readonly kind: "group"; readonly alternatives: readonly Sequence[] }
  | { readonly kind: "nothing" }
type Sequence = readonly { readonly part: Part; readonly least: number; readonly most: number }[]

/** One way to write a text: which alternative is taken, how often repeats go beyond the least, which characters first. */
interface Way {
  readonly alternative: number
  readonly extra: number
  readonly characters: string
}

/** The parts of a regular expression that are not read here, such as references back. */
class NotRead extends Error {}

const PLAIN = "a1A_-./@ :"
const ODD = "z9_-.Z/@ :é"

/**
 * Texts that match a pattern: a short one, one for each of its first alternatives, and longer ones up to `longest`. None
 * for a pattern that is too clever for this, such as one that looks around and forbids what this would write.
 */
export function textsMatching(pattern: string, longest: number): readonly string[] {
  let read: readonly Sequence[]
  try {
    read = parsePattern(pattern)
  } catch (error) {
    if (error instanceof NotRead) return []
    throw error
  }
  const matches = new RegExp(pattern, "u")
  const ways: Way[] = [0, 1, 2, 3].flatMap((alternative) => [
    { alternative, extra: 0, characters: PLAIN },
    { alternative, extra: 3, characters: ODD },
  ])
  const near = [...Array(6).keys()].map((less) => ({ alternative: 0, extra: longest - less, characters: PLAIN }))
  const texts = ways.map((way) => write(read, way))
  const long = near.map((way) => write(read, way)).find((text) => text.length <= longest && matches.test(text))
  return [...new Set([...texts, ...(long === undefined ? [] : [long])])].filter((text) => matches.test(text))
}

function write(alternatives: readonly Sequence[], way: Way): string {
  const sequence = alternatives[way.alternative % alternatives.length] ?? []
  return sequence
    .map(({ part, least, most }) => {
      const times = Math.min(
        most,
        least + (most > least ? Math.max(way.extra, least === 0 && way.extra > 0 ? 1 : 0) : 0),
      )
      const one = writePart(part, way)
      return one.repeat(Math.min(times, 300))
    })
    .join("")
}

function writePart(part: Part, way: Way): string {
  switch (part.kind) {
    case "text":
      return part.text
    case "class":
      return characterOf(part.source, way.characters)
    case "group":
      // What is long is long in one place only, or nothing of a bounded length would come out.
      return write(part.alternatives, { ...way, extra: Math.min(way.extra, 1) })
    case "nothing":
      return ""
  }
}

/** The first of the preferred characters that the class holds, or else of ASCII. */
function characterOf(source: string, preferred: string): string {
  const holds = new RegExp(`^${source}$`, "u")
  const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))
  return [...preferred.split(""), ...ascii].find((each) => holds.test(each)) ?? ""
}

function parsePattern(pattern: string): readonly Sequence[] {
  let at = 0
  const alternatives = parseAlternatives()
  if (at < pattern.length) throw new NotRead()
  return alternatives

  function parseAlternatives(): Sequence[] {
    const found: Sequence[number][][] = [[]]
    while (at < pattern.length && pattern[at] !== ")") {
      if (pattern[at] === "|") {
        at++
        found.push([])
      } else found.at(-1)!.push(parseItem())
    }
    return found
  }

  function parseItem(): Sequence[number] {
    const part = parsePart()
    const quantifier = /^(?:([*+?])|\{(\d+)(,(\d*))?\})\??/.exec(pattern.slice(at))
    if (quantifier === null) return { part, least: 1, most: 1 }
    at += quantifier[0].length
    const [, sign, from, range, to] = quantifier
    if (sign !== undefined) return { part, least: sign === "+" ? 1 : 0, most: sign === "?" ? 1 : Infinity }
    const least = Number(from)
    return { part, least, most: range === undefined ? least : to === "" ? Infinity : Number(to) }
  }

  function parsePart(): Part {
    const char = pattern[at]!
    if (char === "^" || char === "$") return take(1, { kind: "nothing" })
    if (char === ".") return take(1, { kind: "class", source: "." })
    if (char === "(") return parseGroup()
    if (char === "[") {
      const source = /^\[(?:\\[\s\S]|[^\]\\])*\]/.exec(pattern.slice(at))?.[0]
      if (source === undefined) throw new NotRead()
      return take(source.length, { kind: "class", source })
    }
    if (char !== "\\") return take(1, { kind: "text", text: char })
    const escape = /^\\(?:[pP]\{[^}]*\}|[dDwWsSbB]|[^A-Za-z0-9])/.exec(pattern.slice(at))?.[0]
    if (escape === undefined) throw new NotRead()
    if (/^\\[bB]/.test(escape)) return take(escape.length, { kind: "nothing" })
    if (/^\\[A-Za-z]/.test(escape)) return take(escape.length, { kind: "class", source: escape })
    return take(escape.length, { kind: "text", text: escape.slice(1) })
  }

  function parseGroup(): Part {
    const opening = /^\((?:\?(?:<?[=!]|:|<[A-Za-z]\w*>))?/.exec(pattern.slice(at))![0]
    at += opening.length
    const inside = parseAlternatives()
    if (pattern[at] !== ")") throw new NotRead()
    at++
    // What only looks around writes nothing; whether it is content is seen at the end.
    return /[=!]$/.test(opening) ? { kind: "nothing" } : { kind: "group", alternatives: inside }
  }

  function take(length: number, part: Part): Part {
    at += length
    return part
  }
}
