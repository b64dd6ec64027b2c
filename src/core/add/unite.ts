import { isMap, isSeq, LineCounter, parseDocument } from "yaml"
import { decodeText } from "../decode-text.ts"
import { sha256 } from "../hash.ts"
import { formatOf } from "../merge/formats/index.ts"
import { mergeFile } from "../merge/merge-file.ts"
import type { MergeRules } from "../merge/rules/merge-rules.ts"
import type { Conflict } from "../model/conflict.ts"
import type { Position } from "../model/diagnostic.ts"
import type { RelPath } from "../model/path.ts"
import type { FileEntry } from "../model/tree.ts"
import { yamlProblems } from "../yaml-problems.ts"
import { fillEmptyList } from "../fill-empty-list.ts"
import { anchorAddition } from "./anchor.ts"
import { isYaml, readMap } from "./dbt-project.ts"
import { leaveEntries } from "./leave-entries.ts"

/** What a file becomes that something is added to; `conflict` where the two say different things in one place. */
export type United =
  | { readonly kind: "united"; readonly file: FileEntry }
  | { readonly kind: "same" }
  | { readonly kind: "conflict"; readonly why?: WhyNot }

/** What is wrong with the file, or what it says otherwise. */
export interface WhyNot {
  readonly message: string
  readonly hint: string
  readonly position?: Position
}

/** Texts that are one thing from the first line to the last: two of them cannot be put together. */
const WHOLE = new Set(["markdown", "sql", "makefile", "text"])

/** Lists of patterns of which the last that fits counts: what is added stands below all the others. */
const LAST_WINS = new Set(["codeowners", "ignore", "attributes"])

/**
 * Adds what a generator renders to a file that is there: both are put together by the merge engine, with nothing as their
 * common base, so that comments, order and quotes of the file stay byte for byte.
 * @param list key of the list that entries are added to, where the generator says so
 */
export function unite(path: RelPath, ours: FileEntry, addition: FileEntry, rules: MergeRules, list?: string): United {
  if (sha256(ours.bytes) === sha256(addition.bytes)) return { kind: "same" }
  const [before, whole] = [decodeText(ours.bytes), decodeText(addition.bytes)]
  if (ours.mode === "link" || before === undefined || whole === undefined) return { kind: "conflict" }
  const added = list !== undefined && isYaml(path) ? leaveEntries(before, whole, list) : whole
  if (LAST_WINS.has(formatOf(path).name)) return append(ours, before, added)
  const filled = isYaml(path) ? fill(before, added, list) : undefined
  if (filled !== undefined) return united(ours, filled)
  const anchored = list === undefined ? added : anchorAddition(before, added, list)
  let conflict: Conflict | undefined
  for (const text of new Set([anchored, added])) {
    const merge = mergeFile({
      path,
      base: null,
      ours,
      theirs: { mode: ours.mode, bytes: Buffer.from(text, "utf8") },
      labels: { ours: "yours", base: "nothing", theirs: "added" },
      conflictStyle: "inline",
      rules,
    })
    if (merge.kind === "conflict") {
      conflict ??= merge.conflicts.find(({ at }) => at !== "") ?? merge.conflicts[0]
      continue
    }
    if (sha256(merge.file.bytes) === sha256(ours.bytes)) return { kind: "same" }
    if (!WHOLE.has(formatOf(path).name)) return { kind: "united", file: merge.file }
  }
  const why = (isYaml(path) ? whyNotYaml(path, before, list) : undefined) ?? (conflict && otherwise(conflict))
  return { kind: "conflict", ...(why ? { why } : {}) }
}

/** Why a YAML file cannot be added to. */
function whyNotYaml(path: RelPath, text: string, list: string | undefined): WhyNot | undefined {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, logLevel: "silent" })
  const [broken] = yamlProblems(document, text, lines)
  if (broken)
    return { ...broken, message: `${path} cannot be added to: it is no YAML that can be read: ${broken.message}` }
  const node = list !== undefined && isMap(document.contents) ? document.contents.get(list, true) : undefined
  if (!isSeq(node) || node.flow !== true) return undefined
  const { line, col } = lines.linePos(node.range?.[0] ?? 0)
  return {
    message: `${path} cannot be added to: ${list} is a list in brackets`,
    hint: "write it with a line and a - for each of its items",
    position: { line, column: col },
  }
}

/** What the file says, and what would be added in its place. */
function otherwise({ path, at, line, ours, theirs }: Conflict): WhyNot | undefined {
  if (at === "" || at.startsWith("lines ") || ours === undefined || theirs === undefined) return undefined
  return {
    message: `${path} says otherwise at ${at}: ${words(ours)}; it would be ${words(theirs)}`,
    hint: "nothing was written: answer as the file does, or choose another name",
    ...(line === undefined ? {} : { position: { line, column: 1 } }),
  }
}

/** Adds to a file that says nothing yet, or whose list is empty. */
function fill(before: string, added: string, list: string | undefined): string | undefined {
  if (/^(\s*(#.*)?(\r?\n|$))*$/.test(before)) {
    const start = before === "" || before.endsWith("\n") ? before : `${before}\n`
    return before.includes("\r\n") ? start + added.replaceAll("\n", "\r\n") : start + added
  }
  const present = readMap(before)
  if (list === undefined || present === undefined || !(list in present) || Object.keys(readMap(added) ?? {}).length > 1)
    return undefined
  const lines = added.trimEnd().split("\n")
  const start = lines.findIndex((line) => line.startsWith(`${list}:`))
  const value = present[list]
  const isEmpty = value === null || (Array.isArray(value) && value.length === 0)
  return isEmpty && start >= 0 ? fillEmptyList(before, list, lines.slice(start + 1)) : undefined
}

/** The lines that are not there yet, at the end; a conflict where a pattern is there with something else behind it. */
function append(ours: FileEntry, before: string, added: string): United {
  const lines = before.split(/\r?\n/).map(words)
  const fresh = added.split("\n").filter((line) => line.trim() !== "" && !lines.includes(words(line)))
  if (fresh.length === 0) return { kind: "same" }
  const patterns = new Set(lines.filter((line) => !line.startsWith("#")).map((line) => line.split(" ")[0]))
  // The end of a file of GitLab's with sections belongs to the last of them.
  const hasSections = lines.some((line) => /^\^?\[/.test(line))
  if (hasSections || fresh.some((line) => patterns.has(words(line).split(" ")[0]))) return { kind: "conflict" }
  const eol = before.includes("\r\n") ? "\r\n" : "\n"
  const start = before === "" || before.endsWith("\n") ? before : before + eol
  return united(ours, start + fresh.map((line) => line + eol).join(""))
}

function words(line: string): string {
  return line.trim().replaceAll(/\s+/g, " ")
}

function united(ours: FileEntry, text: string): United {
  return { kind: "united", file: { mode: ours.mode, bytes: Buffer.from(text, "utf8") } }
}
