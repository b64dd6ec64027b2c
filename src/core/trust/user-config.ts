import { isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml"
import { fillEmptyList } from "../fill-empty-list.ts"
import { didYouMean } from "../answers/closest.ts"
import { type Diagnostic, MeshwrightError, problem } from "../model/diagnostic.ts"
import { relPathOf } from "../model/path.ts"
import { mergeFile } from "../merge/merge-file.ts"
import { mergeRules } from "../merge/rules/merge-rules.ts"
import { yamlValue } from "../render/quote.ts"

/** What a user has set for all projects. */
export interface UserConfig {
  /** Beginnings of sources whose code runs without a question. */
  readonly trust: readonly string[]
  /** Warnings of keys that are not obeyed: mistyped, or of another version; absent where there is none. */
  readonly unknown?: readonly Diagnostic[]
}

/** Reads config.yml. Throws a MeshwrightError with the place of what is wrong. */
export function parseUserConfig(text: string, file: string): UserConfig {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" })
  const fail = (message: string, offset: number): never => {
    const { line, col } = lines.linePos(offset)
    const hint = "its keys: trust, a list of sources or beginnings of sources"
    throw new MeshwrightError([problem("user-config", message, { file, position: { line, column: col }, hint })])
  }
  const [error] = document.errors
  if (error) fail(error.message, error.pos[0])
  const { contents } = document
  if (contents === null) return { trust: [] }
  if (!isMap(contents)) return fail("is no map", contents.range?.[0] ?? 0)
  const value: unknown = document.toJS({ maxAliasCount: 100 })
  const trust = (value as { readonly trust?: unknown }).trust ?? []
  if (Array.isArray(trust) && trust.every((each) => typeof each === "string")) {
    const unknown = contents.items.flatMap(({ key }) => {
      if (!isScalar(key) || key.value === "trust") return []
      const { line, col } = lines.linePos(key.range?.[0] ?? 0)
      const name = String(key.value)
      return problem("user-config", `${name} is no key of config.yml, and is not obeyed`, {
        severity: "warning",
        file,
        position: { line, column: col },
        hint: didYouMean(name, ["trust"], "its keys: trust"),
      })
    })
    return { trust, ...(unknown.length > 0 ? { unknown } : {}) }
  }
  const node = contents.get("trust", true) as { range?: readonly [number, number, number] } | undefined
  return fail("trust must be a list of texts", (isSeq(node) ? node.items.find(isNoText) : node)?.range?.[0] ?? 0)
}

function isNoText(item: unknown): item is { readonly range?: readonly [number, number, number] } {
  return typeof (item as { value?: unknown }).value !== "string"
}

/**
 * config.yml with one more trusted source, everything else byte for byte as it is. Undefined where the file is written in
 * a way that cannot be added to. Throws a MeshwrightError for a file that is broken.
 */
export function addTrusted(text: string, source: string): string | undefined {
  const { trust } = parseUserConfig(text, "config.yml")
  if (trust.includes(source)) return text
  const eol = text.includes("\r\n") ? "\r\n" : "\n"
  const item = `  - ${yamlValue(source)}`
  const filled = trust.length === 0 ? fillEmptyList(text, "trust", [item]) : undefined
  if (filled !== undefined) return filled
  if (!/^["']?trust\b/m.test(text)) {
    const start = text === "" ? `${HEAD}${eol}` : text.endsWith("\n") ? text : `${text}${eol}`
    return `${start}trust:${eol}${item}${eol}`
  }
  const merge = mergeFile({
    path: relPathOf("config.yml"),
    base: null,
    ours: { mode: "644", bytes: Buffer.from(text, "utf8") },
    theirs: { mode: "644", bytes: Buffer.from(`trust:\n${item}\n`, "utf8") },
    labels: { ours: "", base: "", theirs: "" },
    conflictStyle: "inline",
    rules: mergeRules({ floor: [], identity: [{ path: "*", list: "trust", kind: "set" }] }),
  })
  return merge.kind === "clean" ? Buffer.from(merge.file.bytes).toString("utf8") : undefined
}

const HEAD =
  "# Sources of templates, or their beginnings, whose code (plopfile.js, migrations) runs without a question."
