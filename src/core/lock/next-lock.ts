import { fixedPart } from "../answers/fixed-answer.ts"
import { isSecret } from "../answers/is-secret.ts"
import { decodeText } from "../decode-text.ts"
import { sha256 } from "../hash.ts"
import type { Answers } from "../model/answers.ts"
import type { FileChange } from "../model/change.ts"
import type { Lock, LockedFile } from "../model/lock.ts"
import type { RelPath } from "../model/path.ts"
import type { Question, RenderedFile, RenderedTree, TemplateRef } from "../model/template.ts"
import type { Sha256 } from "../model/tree.ts"

interface LockInput {
  readonly template: TemplateRef
  readonly answers: Answers
  readonly questions: readonly Question[]
  readonly rendered: RenderedTree
  readonly changes: readonly FileChange[]
  /** Hashes of the template's files before rendering, by origin. */
  readonly sources: ReadonlyMap<string, Sha256>
  readonly previous?: Lock
}

/**
 * The record after a plan is applied: what the template rendered now becomes the next base, also where a conflict is
 * left (the person decides against that base). Kept paths keep their old base, since nothing of the new one arrived.
 */
export function nextLock(input: LockInput): Lock {
  // A file that the team moved is told at its new place; the template knows it by `from`.
  const byPath = new Map(
    input.changes.map((change) => [
      change.paths?.theirs ?? (change.reason === "renamed-by-team" ? (change.from ?? change.path) : change.path),
      change,
    ]),
  )
  const files = new Map<RelPath, LockedFile>()
  // What could not be put in its place is not on record as rendered: the next update would take it for deleted.
  const blocked = input.changes.filter(({ reason }) => reason === "blocked")
  const missing = new Set(blocked.map(({ paths }) => paths?.theirs))
  for (const { paths } of blocked) {
    const old = paths?.base === undefined ? undefined : input.previous?.files.get(paths.base)
    if (old) files.set(paths!.base!, old)
  }
  for (const [path, file] of input.rendered) {
    if (missing.has(path)) continue
    const change = byPath.get(path)
    const isKept = change?.reason === "kept-by-setting"
    // Also where the template has it elsewhere now.
    const old = input.previous?.files.get((isKept ? change.paths?.base : undefined) ?? path)
    // Nothing of the new rendering arrived: what the team's file is compared with stays what it was.
    // A conflict that was resolved stays noted until the file changes again: nothing is written only to forget it.
    const resolved = old?.unresolved !== undefined && old.sha256 === sha256(file.bytes)
    const untouched = resolved || isKept || (file.policy === "once" && change?.writes.length === 0)
    if (untouched && old) files.set(path, withRules({ ...old, origin: file.origin }, file.locked))
    else {
      const unresolved = change?.status === "conflict" ? change.path : undefined
      files.set(path, lockFile(file, input.sources, unresolved, hasSecret(file, input)))
    }
  }
  const { answers, questions } = input
  const fixed = fixedPart(answers, questions)
  return {
    template: input.template,
    answers: recordable(answers, questions),
    ...(Object.keys(fixed).length === 0 ? {} : { fixed }),
    files,
  }
}

/** What is locked counts from now on, also where nothing of the file arrived. */
function withRules({ locked: _, ...file }: LockedFile, locked: RenderedFile["locked"]): LockedFile {
  return locked === undefined ? file : { ...file, locked }
}

/**
 * Answers that a project has for its own: without secrets, which are asked again or read from the environment, and
 * without what the template decided.
 */
export function recordable(answers: Answers, questions: readonly Question[]): Answers {
  const others = questions.filter((question) => isSecret(question) || question.fixed !== undefined)
  const names = new Set(others.map(({ name }) => name))
  return Object.fromEntries(Object.entries(answers).filter(([name]) => !names.has(name)))
}

function lockFile(
  file: RenderedFile,
  sources: ReadonlyMap<string, Sha256>,
  unresolved: RelPath | undefined,
  secret: boolean,
): LockedFile {
  // A file that belongs to the team stays compared with what it was created from.
  const keepsBase =
    (file.policy === "merge" || file.locked !== undefined) && file.mode !== "link" && !file.bytes.includes(0)
  const source = file.policy === "once" ? sources.get(file.origin) : undefined
  return {
    mode: file.mode,
    policy: file.policy,
    sha256: sha256(file.bytes),
    origin: file.origin,
    ...(source === undefined ? {} : { source }),
    ...(keepsBase ? { bytes: file.bytes } : {}),
    ...(unresolved === undefined ? {} : { unresolved }),
    ...(file.locked === undefined ? {} : { locked: file.locked }),
    ...(secret ? { secret } : {}),
  }
}

/** Whether values of a locked file must not be told later, when the answers to secret questions are not known. */
function hasSecret(file: RenderedFile, { questions, answers }: Pick<LockInput, "questions" | "answers">): boolean {
  if (file.locked === undefined) return false
  const text = decodeText(file.bytes) ?? ""
  return questions.filter(isSecret).some(({ name }) => {
    const values = [answers[name] ?? ""].flat().map(String)
    return values.some((value) => value.trim() !== "" && text.includes(value))
  })
}
