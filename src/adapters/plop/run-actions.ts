import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join, relative, sep } from "node:path"
import type { ActionType, NodePlopAPI, PlopGenerator } from "node-plop"
import type { PlopProblem } from "./messages.ts"

/** What node-plop tells of a failure; of a function that throws at once it is the error itself. */
interface Failure {
  readonly type?: string
  readonly path?: string
  readonly error?: string
  readonly message?: string
}

/**
 * Runs the actions of a generator in the copy of the project. `add` and `addMany` never replace a file, `force` or not: one
 * that is there with other content stays, and is a problem; the same again is none.
 */
export async function runActions(
  plop: NodePlopAPI,
  generator: PlopGenerator & { readonly basePath?: string },
  data: Record<string, unknown>,
  project: string,
): Promise<readonly PlopProblem[]> {
  const replaced = new Set<string>()
  const { actions } = generator
  const list = typeof actions === "function" ? actions(data) : actions
  // One that was loaded from another plopfile has helpers of its own: only there it can run.
  const isOwn = generator.basePath === plop.getPlopfilePath()
  const guarded = isOwn && Array.isArray(list) ? list.flatMap((action) => guard(action, project, replaced)) : list
  const runner = isOwn ? plop.setGenerator("meshwright add", { ...generator, actions: guarded }) : generator
  const { failures } = await runner.runActions(data)
  return [
    ...[...replaced].map((file) => ({ code: "file-exists" as const, message: "", file })),
    ...failures.map(({ path, error, message, type }: Failure) => {
      const what = [type ?? "function", ...(path ? [path] : [])].join(" of ")
      const why = (error ?? message ?? "").split(project).join("")
      return { code: "generator-failed" as const, message: `the action ${what} failed: ${why}` }
    }),
  ]
}

/** An action that adds files, between a look at what is there and one at what became of it. */
function guard(action: ActionType, project: string, replaced: Set<string>): ActionType[] {
  const isAdding = typeof action === "object" && ["add", "addMany"].includes(action.type)
  if (!isAdding || (action as { skipIfExists?: boolean }).skipIfExists === true) return [action]
  let before = new Map<string, Buffer>()
  return [
    () => ((before = filesBelow(project)), "looked"),
    { ...action, force: true },
    () => {
      for (const [file, bytes] of before) {
        if (existsSync(file) && readFileSync(file).equals(bytes)) continue
        writeFileSync(file, bytes)
        replaced.add(relative(project, file).split(sep).join("/"))
      }
      return "looked"
    },
  ]
}

function filesBelow(folder: string): Map<string, Buffer> {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Map(files.map((file) => [file, readFileSync(file)]))
}
