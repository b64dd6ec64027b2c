import { brotliCompressSync, constants } from "node:zlib"
import type { Answers } from "../model/answers.ts"
import { comparePaths } from "../model/path.ts"
import type { Lock, LockedFile } from "../model/lock.ts"
import type { TemplateRef } from "../model/template.ts"
import { sealed } from "./seal.ts"

export const LAST_LINE = "complete: true"

/**
 * meshwright.lock as text: YAML whose every line is `key: value in JSON`, one line a file, sorted, each sealed with a
 * checksum. So git merges two branches' locks line by line, an editor shows it, reading it needs no YAML parser, and a line
 * that was edited is found. The last line tells that nothing is cut off.
 * @param previous the text that the lock was read from: a file whose content is still the same keeps its line byte for
 * byte, so that another version of the compressor does not touch lines nobody changed
 */
export function formatLock(lock: Lock, previous?: ReadonlyMap<string, string>): string {
  const fixed = answerLines(lock.fixed ?? {})
  const files = [...lock.files].toSorted(([a], [b]) => comparePaths(a, b))
  return [
    "# Written by meshwright: what the template rendered last, so that an update knows what the team changed.",
    "# Commit it, and do not edit it. Damaged? `meshwright update --rebuild-lock`",
    "lock_version: 1",
    sealed(`template: ${JSON.stringify(templateRecord(lock.template))}`),
    "answers:",
    ...answerLines(lock.answers),
    ...(fixed.length === 0 ? [] : ["fixed:", ...fixed]),
    "files:",
    ...files.map(([path, file]) => {
      const known = previous?.get(path)
      return sealed(known !== undefined && sameRecord(known, path, file) ? known : formatFile(path, file))
    }),
    LAST_LINE,
    "",
  ].join("\n")
}

function answerLines(answers: Answers): readonly string[] {
  return Object.entries(answers)
    .toSorted(([a], [b]) => comparePaths(a, b))
    .map(([name, value]) => sealed(`  ${JSON.stringify(name)}: ${JSON.stringify(value)}`))
}

function templateRecord({ source, version, integrity, extends: below }: TemplateRef): TemplateRef {
  return { source, version, integrity, ...(below === undefined ? {} : { extends: templateRecord(below) }) }
}

function record(file: LockedFile): Record<string, unknown> {
  return {
    mode: file.mode,
    policy: file.policy,
    sha256: file.sha256,
    origin: file.origin,
    ...(file.source === undefined ? {} : { source: file.source }),
    ...(file.unresolved === undefined ? {} : { unresolved: file.unresolved }),
    ...(file.locked === undefined ? {} : { locked: file.locked }),
    ...(file.secret === undefined ? {} : { secret: file.secret }),
  }
}

function formatFile(path: string, file: LockedFile): string {
  const base = file.bytes === undefined ? {} : { base: compress(file.bytes) }
  return `  ${JSON.stringify(path)}: ${JSON.stringify({ ...record(file), ...base })}`
}

/** Whether a line of an older lock says all that the new record says (its base too: that is what sha256 is of). */
function sameRecord(line: string, path: string, file: LockedFile): boolean {
  const start = `  ${JSON.stringify(path)}: ${JSON.stringify(record(file)).slice(0, -1)}`
  return line === `${start}}`
    ? file.bytes === undefined
    : file.bytes !== undefined && line.startsWith(`${start},"base":`)
}

function compress(bytes: Uint8Array): string {
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 5,
      [constants.BROTLI_PARAM_LGWIN]: 16,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  }).toString("base64")
}
