import { globMatcher } from "../../core/render/glob.ts"
import { writeTo } from "../../core/merge/tree/disk-writes.ts"
import type { Answers } from "../../core/model/answers.ts"
import type { FileChange } from "../../core/model/change.ts"
import { type Diagnostic, MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import { didYouMean } from "../../core/answers/closest.ts"
import { parseKeyPattern, stepsOf } from "../../core/locked/key-pattern.ts"
import type { Lock } from "../../core/model/lock.ts"
import type { DataGenerator } from "../../core/model/generator.ts"
import { NO_SECRETS } from "../../core/explain/show-part.ts"
import { PROJECT_FILE } from "../../core/plan/plan-project.ts"
import { addException, newExceptionProblem } from "../../core/project/add-exception.ts"
import { type Added, askGenerator } from "./add-data.ts"
import type { AddRequest } from "./add-to-project.ts"
import type { LoadedProject } from "../load-project.ts"
import type { Ports } from "../ports/ports.ts"
import type { Prompter } from "../ports/prompter.ts"

// More than this nobody wants to scroll through.
const MOST_CHOICES = 40

/**
 * Asks for an exception from locked content and plans its line in meshwright.yml. Throws a MeshwrightError for what is no
 * exception, and for a file that is not locked.
 */
export async function addExceptionTo(
  ports: Ports,
  project: LoadedProject,
  generator: DataGenerator,
  request: AddRequest,
): Promise<Added> {
  const { records, lock } = project
  const locked = [...lock.lock.files].flatMap(([path, file]) => (file.locked === undefined ? [] : [path]))
  if (locked.length === 0) throw nothingLocked()
  const asking = ports.prompter && exceptionPrompter(ports.prompter, ports.today, locked)
  const given = await askGenerator(ports, generator, request, asking)
  const { path } = given.answers
  if (!locked.some(globMatcher(String(path)))) throw notLocked(String(path), locked)
  const remarks = keyRemarks(exceptionOf(given.answers), lock.lock)
  const record = records.get(PROJECT_FILE)
  const text = addException(Buffer.from(record?.bytes ?? "").toString("utf8"), exceptionOf(given.answers), ports.today)
  const writes = writeTo(records, PROJECT_FILE, { mode: record?.mode ?? "644", bytes: Buffer.from(text, "utf8") })
  const change: FileChange = { path: PROJECT_FILE, action: "update", status: "clean", reason: "added-to", writes }
  return {
    given: { ...given, remarks: [...given.remarks, ...remarks] },
    changes: [writes.length === 0 ? { ...change, action: "none", reason: "already-there" } : change],
    questions: generator.manifest.questions,
    ours: records,
    secrets: NO_SECRETS,
    nextSteps: generator.manifest.next_steps,
  }
}

function exceptionOf(answers: Answers): Parameters<typeof addException>[1] {
  const text = (name: string): string => String(answers[name] ?? "")
  const key = text("key")
  return {
    path: text("path"),
    ...(key === "none" ? {} : { key }),
    reason: text("reason"),
    approved_by: text("approved_by"),
    until: text("until"),
  }
}

/** A warning where no locked place is at the key of an exception, which then allows nothing. */
function keyRemarks({ path, key }: ReturnType<typeof exceptionOf>, { files }: Lock): Diagnostic[] {
  const matches = globMatcher(path)
  const rules = [...files].flatMap(([each, { locked }]) => (matches(each) ? (locked ?? []) : []))
  const keys = [...new Set(rules.flatMap((rule) => rule.keys ?? []))]
  const isLocked =
    key === undefined ||
    rules.some((rule) => rule.keys === undefined) ||
    keys.some((each) => parseKeyPattern(key).covers(stepsOf(each)) || parseKeyPattern(each).covers(stepsOf(key)))
  if (isLocked) return []
  const hint = didYouMean(key, keys, `what is locked: ${keys.join(", ")}`)
  return [problem("not-locked", `key: nothing is locked at ${key} in ${path}`, { hint, severity: "warning" })]
}

/** Offers what is locked, and says at once what is wrong with a field. */
function exceptionPrompter(prompter: Prompter, today: string, locked: readonly string[]): Prompter {
  return {
    ...prompter,
    ask: (question, suggestion, validate) => {
      const { name } = question
      if (name === "path" && locked.length < MOST_CHOICES) {
        const choices = locked.map((path) => ({ value: path, label: path }))
        return prompter.ask({ ...question, type: "select", choices }, suggestion, validate)
      }
      return prompter.ask(question, suggestion, (value) => {
        const checked = validate(value)
        if (checked !== true || (name === "key" && value === "none")) return checked
        return newExceptionProblem(name as Parameters<typeof newExceptionProblem>[0], value, today) ?? true
      })
    },
  }
}

function nothingLocked(): MeshwrightError {
  const message = "the template of this project locks nothing, so there is nothing to except"
  return new MeshwrightError([problem("not-applicable", message)])
}

function notLocked(path: string, locked: readonly string[]): MeshwrightError {
  const hint = `what is locked: ${locked.slice(0, 10).join(", ")}${locked.length > 10 ? ", …" : ""}`
  return new MeshwrightError(
    [problem("not-locked", `${path} is not locked, so there is nothing to except`, { hint })],
    "usage",
  )
}
