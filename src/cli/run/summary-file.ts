import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { dirname, isAbsolute, relative, resolve } from "node:path"
import type { UpdatePlan } from "../../app/update/update-project.ts"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import type { CommandLine } from "../parse-command-line.ts"
import { SUMMARY_MARK } from "../views/summary.ts"
import type { Session } from "./session.ts"

/** Where --summary says that the Markdown goes. */
export interface SummaryFile {
  /** Then nothing else is printed there. */
  readonly isStdout: boolean
  readonly write: (text: string) => void
  /** Takes away the file that was made to see whether it can be written. */
  readonly abandon: () => void
}

/**
 * The file that --summary names, known to be writable; undefined without that option. Throws a MeshwrightError, before
 * anything is changed, where it cannot be written, or is a file of the project.
 */
export function openSummary(session: Session, line: CommandLine, plan: UpdatePlan): SummaryFile | undefined {
  const name = line.text("summary")
  if (name === undefined) return undefined
  const refuse = (what: string, hint: string): MeshwrightError =>
    new MeshwrightError([problem("summary-file", `--summary ${name}: ${what}`, { hint })], "usage")
  if (name === "-") {
    if (session.json) throw refuse("stdout is taken by --json", "name a file, or leave --json out")
    return { isStdout: true, write: (text) => void process.stdout.write(text), abandon: () => {} }
  }
  if (name === "") throw refuse("the name of a file is missing", "for example --summary ../summary.md")
  const path = resolve(session.cwd, name)
  const inProject = relative(plan.root, path).replaceAll("\\", "/")
  if (
    plan.changes.some((change) => change.path === inProject || change.writes.some((write) => write.path === inProject))
  )
    throw refuse("the template has a file there", "choose another name, best outside of the project")
  const isNew = !existsSync(path)
  if (!isNew && !isOutside(inProject) && isForeign(path))
    throw refuse(
      "there is a file of the project that is no summary",
      "choose another name, best outside of the project",
    )
  const failed = (error: unknown, hint: string): MeshwrightError => {
    const { code, message } = error as NodeJS.ErrnoException
    const reason = code === "ENOENT" && !existsSync(dirname(path)) ? "its folder does not exist" : message
    const found = problem("summary-file", `--summary ${name} cannot be written: ${reason}`, { hint })
    return new MeshwrightError([found], "failed", { cause: error })
  }
  try {
    closeSync(openSync(path, "a"))
  } catch (error) {
    throw failed(error, "nothing was changed")
  }
  return {
    isStdout: false,
    write: (text) => {
      try {
        writeFileSync(path, text)
      } catch (error) {
        throw failed(error, "the update is done; `git diff` shows it")
      }
    },
    abandon: () => {
      if (isNew) rmSync(path, { force: true })
    },
  }
}

function isOutside(inProject: string): boolean {
  return inProject.startsWith("../") || isAbsolute(inProject)
}

/** A file with something else in it than an older summary. */
function isForeign(path: string): boolean {
  if (!statSync(path).isFile()) return false
  const text = readFileSync(path, "utf8")
  return text.trim() !== "" && !text.startsWith(SUMMARY_MARK)
}
