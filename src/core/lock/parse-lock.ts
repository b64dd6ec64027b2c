import { brotliDecompressSync } from "node:zlib"
import { showValue } from "../show-value.ts"
import { sha256 } from "../hash.ts"
import { MeshwrightError, problem } from "../model/diagnostic.ts"
import type { Lock, LockedFile } from "../model/lock.ts"
import { pathProblem, type RelPath } from "../model/path.ts"
import type { Answers } from "../model/answers.ts"
import type { FilePolicy, LockRule, TemplateRef } from "../model/template.ts"
import type { FileMode } from "../model/tree.ts"
import { LAST_LINE } from "./format-lock.ts"
import { unsealed } from "./seal.ts"

/** Lines of a lock by path, without their seals, as formatLock wants them back. */
export type LockLines = ReadonlyMap<string, string>

export interface ParsedLock {
  readonly lock: Lock
  readonly lines: LockLines
}

const TEMPLATE = "template: "

// A template file is small; this only keeps a tampered lock from filling the memory.
const LARGEST_BASE = 64 * 1024 * 1024

/**
 * Reads meshwright.lock. Throws a MeshwrightError with every damaged line: a line that is none of ours, conflict markers
 * of an unfinished merge, a path that is there twice or leaves the project, a base that does not have its hash.
 */
export function parseLock(text: string, file = "meshwright.lock"): ParsedLock {
  const damage: { line: number; message: string }[] = []
  const answers: Record<string, Answers[string]> = {}
  const fixed: Record<string, Answers[string]> = {}
  const files = new Map<RelPath, LockedFile>()
  const lines = new Map<string, string>()
  let version: unknown
  let template: TemplateRef | undefined
  let section = ""

  const all = text.split(/\r?\n/)
  for (const [index, written] of all.entries()) {
    const wrong = (message: string): void => void damage.push({ line: index + 1, message })
    if (written === "" || written.startsWith("#")) continue
    if (/^(<{7}|\|{7}|={7}|>{7})/.test(written)) {
      wrong("holds conflict markers of an unfinished merge")
      continue
    }
    if (written === "answers:" || written === "fixed:" || written === "files:" || written === LAST_LINE) {
      section = written
      continue
    }
    if (written.startsWith("lock_version: ")) {
      version = Number(written.slice("lock_version: ".length))
      continue
    }
    const line = unsealed(written)
    if (line === undefined) {
      wrong("was edited: its checksum does not fit")
      continue
    }
    try {
      if (line.startsWith(TEMPLATE)) template = templateRef(JSON.parse(line.slice(TEMPLATE.length)))
      else {
        const [key, value] = keyAndValue(line)
        if (section === "answers:") answers[key] = value as Answers[string]
        else if (section === "fixed:") fixed[key] = value as Answers[string]
        else if (section !== "files:") wrong("is not a line of a lock")
        else if (lines.has(key)) wrong(`names ${key} a second time`)
        else if (pathProblem(key) !== undefined)
          wrong(`names ${JSON.stringify(key)}, which is no path inside the project`)
        else {
          files.set(key as RelPath, lockedFile(value as Record<string, unknown>))
          lines.set(key, line)
        }
      }
    } catch (error) {
      wrong(error instanceof Damaged ? error.message : "is not a line of a lock")
    }
  }
  if (version !== undefined && version !== 1) {
    throw new MeshwrightError([
      problem("lock-version", `was written by a newer meshwright (lock version ${showValue(version)})`, {
        file,
        hint: "use that version or a later one",
      }),
    ])
  }
  if (version === undefined || template === undefined)
    damage.push({ line: 1, message: "has no lock_version or no template: it is cut off or not a lock" })
  else if (section !== LAST_LINE)
    damage.push({ line: all.length, message: `does not end in "${LAST_LINE}": it is cut off` })
  if (damage.length > 0 || template === undefined)
    throw new MeshwrightError(damage.map(({ line, message }) => damaged(file, line, message)))
  return { lock: { template, answers, ...(Object.keys(fixed).length === 0 ? {} : { fixed }), files }, lines }
}

/** What a lock says of its template, also where other lines of it are damaged. */
export function recordedTemplate(text: string): TemplateRef | undefined {
  const lines = text.split(/\r?\n/).flatMap((line) => unsealed(line) ?? [])
  const record = lines.find((line) => line.startsWith(TEMPLATE))
  try {
    return record === undefined ? undefined : templateRef(JSON.parse(record.slice(TEMPLATE.length)))
  } catch {
    return undefined
  }
}

class Damaged extends Error {}

function templateRef(value: unknown): TemplateRef {
  const { source, version, integrity, extends: below } = (value ?? {}) as Record<string, unknown>
  if (typeof source !== "string" || typeof version !== "string" || typeof integrity !== "string")
    throw new Damaged("is not a record of a template")
  return { source, version, integrity, ...(below === undefined ? {} : { extends: templateRef(below) }) }
}

function keyAndValue(line: string): [string, unknown] {
  const match = /^ {2}("(?:[^"\\]|\\.)*"): (.*)$/.exec(line)
  if (!match) throw new Damaged("is not a line of a lock")
  return [JSON.parse(match[1] ?? "") as string, JSON.parse(match[2] ?? "")]
}

function lockedFile(record: Record<string, unknown>): LockedFile {
  const { mode, policy, sha256: hash, origin, source, base, unresolved, locked: rules, secret } = record
  if (typeof hash !== "string" || typeof origin !== "string") throw new Damaged("is not a line of a lock")
  const locked: LockedFile = {
    mode: mode as FileMode,
    policy: policy as FilePolicy,
    sha256: hash,
    origin,
    ...(typeof source === "string" ? { source } : {}),
    ...(typeof unresolved === "string" && pathProblem(unresolved) === undefined
      ? { unresolved: unresolved as RelPath }
      : {}),
    ...(Array.isArray(rules) ? { locked: rules as readonly LockRule[] } : {}),
    ...(secret === true ? { secret } : {}),
  }
  if (typeof base !== "string") return locked
  let bytes: Uint8Array
  try {
    bytes = brotliDecompressSync(Buffer.from(base, "base64"), { maxOutputLength: LARGEST_BASE })
  } catch {
    throw new Damaged("holds a base that cannot be read")
  }
  if (sha256(bytes) !== hash) throw new Damaged("holds a base that does not have its hash")
  return { ...locked, bytes }
}

function damaged(file: string, line: number, message: string) {
  return problem("lock-damaged", message, {
    file,
    position: { line, column: 1 },
    hint: "restore it from git (git checkout -- meshwright.lock), or make it anew with `meshwright update --rebuild-lock`",
  })
}
