import { join } from "node:path"
import { takenNames } from "../../core/add/check-new-nodes.ts"
import { planChanged } from "../../core/add/plan-changed.ts"
import { secretsOf } from "../../core/explain/secrets.ts"
import { mergeRules } from "../../core/merge/rules/merge-rules.ts"
import { MeshwrightError } from "../../core/model/diagnostic.ts"
import { pathProblem, type RelPath } from "../../core/model/path.ts"
import type { Template } from "../../core/model/template.ts"
import type { Tree } from "../../core/model/tree.ts"
import { chainOf } from "../../core/template/layer-versions.ts"
import type { Added } from "./add-data.ts"
import type { AddRequest } from "./add-to-project.ts"
import { readTree } from "../load-project.ts"
import { filesBelow } from "../project-files.ts"
import type { OpenPlopfile, PlopRun } from "../ports/plopfiles.ts"
import type { AddPorts } from "../ports/add-ports.ts"
import { findDbtProject } from "./read-dbt-project.ts"
import type { Code } from "../trust.ts"

/** A plopfile of the project's template, or of one that it extends. */
export interface Plopfile {
  readonly template: Template
  /** Absolute path. */
  readonly file: string
}

const NAMES = ["plopfile.js", "plopfile.mjs", "plopfile.cjs"]

/** The plopfiles of a template, its own first. */
export function plopfilesOf({ fs }: AddPorts, template: Template): Plopfile[] {
  return chainOf(template).flatMap((each) => {
    const file = NAMES.map((name) => join(each.folder, name)).find((path) => fs.stat(path)?.kind === "file")
    return file === undefined ? [] : [{ template: each, file }]
  })
}

/** A plopfile as something to be trusted. */
export function codeOf({ template, file }: Plopfile, root: string, given: boolean): Code {
  const what = file.slice(template.folder.length + 1)
  return { template, root, given, runs: [{ what, why: "brings generators for `meshwright add`" }] }
}

/** Opens a plopfile that is trusted, on a copy of the project. */
export async function usePlopfile<T>(
  ports: AddPorts,
  root: string,
  { template, file }: Plopfile,
  say: (text: string) => void,
  work: (plopfile: OpenPlopfile, copy: Tree) => Promise<T>,
): Promise<T> {
  const copy = await copyOf(ports, root)
  return ports.plopfiles.use({ file, folder: template.folder, project: copy, say }, (open) => work(open, copy))
}

/** Runs one of its generators, and plans what it made of the copy. Throws a MeshwrightError with what is wrong. */
export async function addByPlop(
  ports: AddPorts,
  request: AddRequest,
  generator: string,
  plopfile: OpenPlopfile,
  copy: Tree,
): Promise<Added> {
  const { fs } = ports
  const { root } = request
  const ran = await plopfile.run(runOf(ports, request, generator))
  if (ran.kind === "refused") {
    const codes = new Set(ran.problems.map(({ code }) => code))
    const kind = codes.has("generator-failed") ? "failed" : codes.has("file-exists") ? "person-needed" : "usage"
    throw new MeshwrightError(ran.problems, kind)
  }
  const { answers, assumed, unused, questions, after } = ran
  const fresh = [...after.keys()].filter((path) => !copy.has(path) && pathProblem(path) === undefined)
  const dbt = findDbtProject(fs, root)
  const taken = dbt === undefined ? [] : takenNames(fresh, dbt)
  if (taken.length > 0) throw new MeshwrightError(taken, "usage")
  const others = readTree(fs, root, fresh)
  const ours: Tree = new Map([...copy, ...others])
  const rules = mergeRules({ floor: [], identity: [] })
  const theirs = new Map(
    [...after].map(([path, file]) => [path, { ...file, path, origin: path, policy: "once" as const }] as const),
  )
  return {
    given: { answers, assumed, unused, remarks: [] },
    changes: planChanged(copy, after, others),
    questions,
    ours,
    secrets: secretsOf(questions, answers, { base: new Map(), ours, theirs, rules }),
    nextSteps: [],
  }
}

function runOf({ prompter, environment }: AddPorts, { name, flag, file }: AddRequest, generator: string): PlopRun {
  const answers = Object.entries(environment).flatMap(([key, value]) => {
    const question = /^MESHWRIGHT_ANSWER_(.+)$/.exec(key)?.[1]
    return question === undefined || value === undefined ? [] : [[question, value] as const]
  })
  return {
    generator,
    ...(name === undefined ? {} : { name }),
    given: { ...file, ...flag },
    environment: Object.fromEntries(answers),
    ...(prompter && {
      ask: (question, suggestion, trouble) => {
        if (trouble !== undefined) prompter.say(`${question.name} ${trouble}`)
        return prompter.ask(question, suggestion, () => true)
      },
    }),
  }
}

/** What code may see of a project: what git knows or would take, and no links, which lead out of it. */
async function copyOf({ fs, git }: AddPorts, root: string): Promise<Tree> {
  const listed = await git.files(root)
  const paths = listed?.filter((path) => pathProblem(path) === undefined) ?? filesBelow(fs, root).filter(isHarmless)
  const files = readTree(fs, root, paths as RelPath[])
  return new Map([...files].filter(([, { mode }]) => mode !== "link"))
}

/** Where nobody has said what is not to be shared: not the files that usually hold passwords. */
function isHarmless(path: string): boolean {
  return !/(^|\/)\.env(\.|$)|\.(pem|key|p12)$/.test(path)
}
