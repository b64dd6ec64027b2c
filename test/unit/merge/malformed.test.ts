import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { merge } from "./build.ts"
import { tries } from "../property.ts"
import { editsOf, isReadable, SAMPLES } from "./sample-files.ts"

/** Seconds of CPU that one merge may take: what grows with the square of the size takes minutes here. */
const MOST = 6

/** What happens to files: each takes a text, and a number that says where. */
const MISHAPS: Readonly<Record<string, (text: string, at: number) => string>> = {
  "cut off": (text, at) => text.slice(0, at),
  "no text": (text, at) => `${text.slice(0, at)}\u0000\u0001\u0002${text.slice(at)}`,
  "half a character": (text, at) => `${text.slice(0, at)}\uFFFD\u202E${text.slice(at)}`,
  "a key twice": (text, at) => repeated(text, at, 2),
  "one line very often": (text, at) => repeated(text, at, 5000),
  "a huge word": (text, at) => text.slice(0, at) + "x".repeat(200_000) + text.slice(at),
  "a huge gap": (text, at) => text.slice(0, at) + " ".repeat(100_000) + text.slice(at),
  "a huge comment": (text, at) => `${text.slice(0, at)} # ${"why ".repeat(50_000)}${text.slice(at)}`,
  "a tower of brackets": (text, at) => text.slice(0, at) + "{[".repeat(5000) + text.slice(at),
  "closed brackets": (text, at) => text.slice(0, at) + "[".repeat(10_000) + "]".repeat(10_000) + text.slice(at),
  "deep blocks": (text, at) => `${lineCut(text, at)}${"a {\n".repeat(10_000)}x = 1\n${"}\n".repeat(10_000)}`,
  "deep indentation": (text, at) =>
    lineCut(text, at) + Array.from({ length: 300 }, (_, depth) => `${"  ".repeat(depth)}a:\n`).join(""),
  dashes: (text, at) => `${lineCut(text, at)}${"- ".repeat(10_000)}x\n`,
  quotes: (text, at) => text.slice(0, at) + '"'.repeat(20_001) + text.slice(at),
  "signs of all kinds": (text, at) =>
    `${text.slice(0, at)}{{ {% {# <<EOT """ ''' /* <!-- &a *a ? | > ${text.slice(at)}`,
  "starts without an end": (text, at) => text.slice(0, at) + "{# {% raw %} /* <<A\n".repeat(3000) + text.slice(at),
  tabs: (text, at) => text.slice(0, at) + text.slice(at).replaceAll("  ", "\t"),
  "mixed line ends": (text, at) => text.slice(0, at) + text.slice(at).replaceAll("\n", "\r\n"),
  "old line ends": (text, at) => text.slice(0, at) + text.slice(at).replaceAll("\n", "\r"),
  "blank lines": (text, at) => lineCut(text, at) + "\n".repeat(5000) + text.slice(at),
  "conflict markers": (text, at) => `${lineCut(text, at)}<<<<<<< a\n${text}=======\n${text}>>>>>>> b\n`,
  "all on one line": (text) => text.replaceAll("\n", " "),
  nothing: () => "",
}

function lineCut(text: string, at: number): string {
  return text.slice(0, text.lastIndexOf("\n", at) + 1)
}

function repeated(text: string, at: number, times: number): string {
  const lines = text.split("\n")
  const place = at % lines.length
  return [...lines.slice(0, place), ...Array.from({ length: times }, () => lines[place]!), ...lines.slice(place)].join(
    "\n",
  )
}

const wordsOf = (text: string): readonly string[] => text.match(/[^\s"'`,;:=()[\]{}]+/g) ?? []

describe("files that are broken", () => {
  it.each(SAMPLES)("$path: no crash, no hang, no lost word, whatever happened to a side", (sample) => {
    const edits = editsOf(sample)
    const mishap = fc.tuple(fc.constantFrom(...Object.keys(MISHAPS)), fc.nat(1000))
    const sides = fc.tuple(
      edits,
      edits,
      fc.array(fc.tuple(fc.constantFrom(0, 1, 1, 2), mishap), { minLength: 1, maxLength: 3 }),
    )
    fc.assert(
      fc.property(sides, fc.constantFrom("inline", "ours"), ([left, right, mishaps], style) => {
        const texts = [sample.text, left(sample.text), right(sample.text)]
        for (const [side, [what, where]] of mishaps)
          texts[side] = MISHAPS[what]!(texts[side]!, where % (texts[side]!.length + 1))
        const [base, ours, theirs] = texts as [string, string, string]
        const started = process.cpuUsage()
        const result = merge(base, ours, theirs, style as "inline" | "ours", sample.path)
        expect(process.cpuUsage(started).user / 1e6, JSON.stringify(mishaps)).toBeLessThan(MOST)
        if (result.kind === "clean" && texts.every((text) => isReadable(sample, text)))
          expect(isReadable(sample, result.text)).toBe(true)
        const known = new Set([base, theirs, result.text].flatMap(wordsOf))
        expect(wordsOf(ours).filter((word) => !known.has(word))).toEqual([])
      }),
      tries(12),
    )
  })
})
