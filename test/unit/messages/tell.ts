import { readFileSync } from "node:fs"
import { join } from "node:path"
import { parse } from "yaml"
import { type Diagnostic, MeshwrightError } from "../../../src/core/model/diagnostic.ts"

/** The rows of a table beside this file. */
export function table<Row>(
  file: string,
): readonly (Row & { readonly what: string; readonly says: readonly string[] })[] {
  return parse(readFileSync(join(import.meta.dirname, file), "utf8")) as never
}

/** What is said of something wrong: what `read` returns, or throws. */
export function said(read: () => readonly Diagnostic[]): string[] {
  try {
    return read().map(tell)
  } catch (error) {
    if (error instanceof MeshwrightError) return error.diagnostics.map(tell)
    throw error
  }
}

/** `4:1 message → hint`, as the tables have it. */
function tell({ position, message, hint }: Diagnostic): string {
  const place = position === undefined ? "" : `${position.line}:${position.column} `
  return `${place}${message}${hint === undefined ? "" : ` → ${hint}`}`
}
