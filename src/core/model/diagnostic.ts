export type Severity = "error" | "warning" | "info"

/** Where in a file: 1-based line and column. */
export interface Position {
  readonly line: number
  readonly column: number
}

/**
 * Expected trouble, as data. `code` is what tests and scripts rely on; `message` says what is wrong and where, `hint`
 * what to do about it. Collected, and told at once.
 */
export interface Diagnostic {
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly file?: string
  readonly position?: Position
  readonly hint?: string
}

/** What kind of failure: all but `failed` have exit codes of their own (design, section 3). */
export type FailureKind = "failed" | "usage" | "person-needed" | "untrusted" | "interrupted"

/** Thrown to end a run with diagnostics; nothing was changed. */
export class MeshwrightError extends Error {
  readonly diagnostics: readonly Diagnostic[]
  readonly kind: FailureKind

  constructor(diagnostics: readonly Diagnostic[], kind: FailureKind = "failed", options?: ErrorOptions) {
    super(diagnostics.map((diagnostic) => diagnostic.message).join("\n"), options)
    this.name = "MeshwrightError"
    this.diagnostics = diagnostics
    this.kind = kind
  }
}

/** An error diagnostic, in one call. */
export function problem(code: string, message: string, more: Partial<Diagnostic> = {}): Diagnostic {
  return { code, severity: "error", message, ...more }
}

/** Order of problems in one file. */
export function byPosition({ position: a }: Diagnostic, { position: b }: Diagnostic): number {
  return (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0)
}
