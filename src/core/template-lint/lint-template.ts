import type { Diagnostic } from "../model/diagnostic.ts"
import type { Template } from "../model/template.ts"
import { breakingChanges, checkNotes, checkVersion } from "./breaking-changes.ts"
import { checkAnswers } from "./check-answers.ts"
import { checkDrops } from "./check-drops.ts"
import { checkGenerators } from "./check-generators.ts"
import { checkLayers } from "./check-layers.ts"
import { checkLocks } from "./check-locks.ts"
import { checkMigrations } from "./check-migrations.ts"
import { checkNames } from "./check-names.ts"
import { checkPackage } from "./check-package.ts"
import { checkQuoting } from "./check-quoting.ts"
import { checkReach } from "./check-reach.ts"
import { checkRendered } from "./check-rendered.ts"
import type { LintInput } from "./lint-input.ts"
import { tryTemplate } from "./rendered-cases.ts"

/** Releases that a template is compared with: the one before it, and the one of its own version where that is out already. */
export interface Releases {
  readonly previous?: Template
  readonly same?: Template
}

/** Everything that can be said of a template that was read without an error; errors first. */
export function lintTemplate(input: LintInput, releases: Releases): readonly Diagnostic[] {
  const names = checkNames(input)
  const tried = tryTemplate(input.template)
  const found = [
    ...names,
    ...checkAnswers(input, tried),
    ...checkReach(input, tried),
    ...checkLayers(input, tried),
    ...checkDrops(input, tried),
    ...checkLocks(input, tried),
    ...checkMigrations(input, tried),
    ...withoutKnown(checkRendered(input, tried), names),
    ...checkQuoting(input, tried),
    ...(releases.previous ? breakingChanges(input, releases.previous) : []),
    ...checkVersion(input, releases.same),
    ...checkNotes(input),
    ...checkPackage(input),
    ...checkGenerators(input),
  ]
  const rank = ["error", "warning", "info"]
  return found.toSorted((a, b) => rank.indexOf(a.severity) - rank.indexOf(b.severity))
}

const UNREADABLE = new Set(["template-syntax", "template-unbounded"])

/** An unknown name is told with its file and line, and needs no rendering to be told again. */
function withoutKnown(found: readonly Diagnostic[], known: readonly Diagnostic[]): readonly Diagnostic[] {
  const told = new Set(known.map(({ code, file, position }) => JSON.stringify([code, file, position])))
  const files = new Set(known.filter(({ code }) => UNREADABLE.has(code)).map(({ file }) => file))
  return found.filter(
    ({ code, file, position }) => !told.has(JSON.stringify([code, file, position])) && !files.has(file),
  )
}
