import { type ChildProcess, spawn } from "node:child_process"
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import type { OpenPlopfile, PlopfileRequest, Plopfiles, PlopRan, PlopRun } from "../../app/ports/plopfiles.ts"
import { fileExists } from "../../core/add/plan-changed.ts"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import type { Tree } from "../../core/model/tree.ts"
import { codeEnvironment } from "../../core/trust/code-environment.ts"
import { interruption } from "../end-processes.ts"
import { packageFolder } from "../package-folder.ts"
import { readFiles } from "../templates/read-files.ts"
import type { ToChild, ToParent } from "./messages.ts"

/** Runs plopfiles in processes of their own. */
export function plopfileRunner(environment: NodeJS.ProcessEnv): Plopfiles {
  return {
    use: async (request, work) => {
      const scratch = realpathSync(mkdtempSync(join(tmpdir(), "meshwright-")))
      const child = start(scratch, request, environment)
      try {
        return await work(await open(child, scratch, request))
      } finally {
        child.end()
        rmSync(scratch, { recursive: true, force: true })
      }
    },
  }
}

/** A process, and the next thing that it says. */
interface Child {
  readonly send: (message: ToChild) => void
  readonly next: () => Promise<ToParent>
  readonly end: () => void
}

function start(
  scratch: string,
  { file, folder, project, say }: PlopfileRequest,
  environment: NodeJS.ProcessEnv,
): Child {
  const copy = join(scratch, "project")
  writeTree(copy, project)
  mkdirSync(join(scratch, "home"))
  const program = join(packageFolder(), "dist", "plop-child.js")
  const template = realpathSync(folder)
  const readable = [
    join(dirname(program), "*"),
    join(packageFolder(), "package.json"),
    join(template, "*"),
    join(scratch, "*"),
  ]
  const child = spawn(
    process.execPath,
    [...permissions(readable, [join(scratch, "*")]), "--no-warnings", ...modules(), program],
    {
      cwd: copy,
      env: { ...codeEnvironment(environment), HOME: join(scratch, "home"), USERPROFILE: join(scratch, "home") },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    },
  )
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => say(text.trimEnd()))
  return conversation(child, file)
}

/** What the process may touch, by the permission model of node: no other file, no program, no thread of its own. */
function permissions(readable: readonly string[], writable: readonly string[]): string[] {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)
  const isStable = major > 23 || (major === 23 && minor >= 5) || (major === 22 && minor >= 13)
  return [
    isStable ? "--permission" : "--experimental-permission",
    ...readable.map((path) => `--allow-fs-read=${path}`),
    ...writable.map((path) => `--allow-fs-write=${path}`),
  ]
}

/** `export default` in a .js without a package.json that says so; newer versions of node see it by themselves. */
function modules(): string[] {
  return process.allowedNodeEnvironmentFlags.has("--experimental-detect-module") ? ["--experimental-detect-module"] : []
}

function conversation(child: ChildProcess, file: string): Child {
  const said: ToParent[] = []
  let settle: { readonly resolve: (message: ToParent) => void; readonly reject: (error: Error) => void } | undefined
  let ended: MeshwrightError | undefined
  const fail = (error: MeshwrightError): void => {
    ended ??= error
    settle?.reject(ended)
  }
  const interrupted = (): void => {
    fail(interruption())
    child.kill("SIGKILL")
  }
  process.on("SIGINT", interrupted).on("SIGTERM", interrupted)
  child.on("message", (message: ToParent) => (settle ? settle.resolve(message) : said.push(message)))
  child.on("error", (error) => fail(failure(file, error.message)))
  // Messages that it sent before it ended come first.
  child.on("close", () => setImmediate(() => fail(failure(file, "it ended early"))))
  return {
    send: (message) => void child.send(message),
    next: async () => {
      const message =
        said.shift() ??
        (await new Promise<ToParent>((resolve, reject) => {
          settle = { resolve, reject }
          if (ended) reject(ended)
        }).finally(() => (settle = undefined)))
      if (message.kind === "failed") throw failure(file, message.message)
      return message
    },
    end: () => {
      process.off("SIGINT", interrupted).off("SIGTERM", interrupted)
      child.kill("SIGKILL")
    },
  }
}

async function open(child: Child, scratch: string, { file }: PlopfileRequest): Promise<OpenPlopfile> {
  const project = join(scratch, "project")
  child.send({ kind: "open", file: realpathSync(file), project })
  const opened = await child.next()
  if (opened.kind !== "opened") throw failure(file, "it said something else than its generators")
  return { generators: opened.generators, run: (request) => run(child, project, request, file) }
}

async function run(child: Child, project: string, { ask, ...request }: PlopRun, file: string): Promise<PlopRan> {
  child.send({ kind: "run", ...request, canAsk: ask !== undefined })
  for (;;) {
    const message = await child.next()
    if (message.kind === "refused")
      return {
        kind: "refused",
        problems: message.problems.map(({ code, message: text, file: path, ...more }) =>
          code === "file-exists" && path !== undefined ? fileExists(path) : problem(code, text, more),
        ),
      }
    if (message.kind === "ran") return { ...message, after: readFiles(project, project) }
    if (message.kind !== "ask" || !ask) throw failure(file, "it said something that was not asked")
    child.send({ kind: "answer", value: await ask(message.question, message.suggestion, message.trouble) })
  }
}

function writeTree(root: string, tree: Tree): void {
  mkdirSync(root)
  for (const [path, { mode, bytes }] of tree) {
    const file = join(root, path)
    mkdirSync(dirname(file), { recursive: true })
    if (mode === "link") symlinkSync(Buffer.from(bytes).toString("utf8"), file)
    else writeFileSync(file, bytes)
    if (mode === "755") chmodSync(file, 0o755)
  }
}

function failure(file: string, message: string): MeshwrightError {
  const isDenied = /Access to this API has been restricted/.test(message)
  const isMissing = /Cannot find (module|package)/.test(message)
  const hint = isDenied
    ? "a plopfile may read its template and the copy of the project that it works in, and start no programs"
    : isMissing
      ? "a plopfile can import what comes with node, and files of its template; packages have to be in it"
      : undefined
  return new MeshwrightError([
    problem("plopfile", `fails: ${message}`, { file, ...(hint === undefined ? {} : { hint }) }),
  ])
}
