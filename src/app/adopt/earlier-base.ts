import { foreignBase } from "../../core/adopt/foreign-base.ts"
import type { ForeignRecord } from "../../core/adopt/foreign-record.ts"
import { type AnswerInputs, resolveAnswers } from "../../core/answers/resolve-answers.ts"
import { nextLock, recordable } from "../../core/lock/next-lock.ts"
import type { ParsedLock } from "../../core/lock/parse-lock.ts"
import type { Answers } from "../../core/model/answers.ts"
import { type Diagnostic, MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import type { Manifest, RenderedTree, Template } from "../../core/model/template.ts"
import { renderTree, sourceHashes } from "../../core/render/render-tree.ts"
import { bareSource } from "../../core/template/parse-source.ts"
import type { ForeignTemplates } from "../ports/foreign-templates.ts"
import type { Ports } from "../ports/ports.ts"
import { isOlder } from "../../core/version.ts"
import { requireTrust } from "../trust.ts"
import { type AdoptRequest, NO_VERSION } from "./adopt-request.ts"

/** The template as it was when the project was made from it. */
export async function earlierTemplate(
  ports: Ports,
  { source, base, cwd }: AdoptRequest,
): Promise<Template | undefined> {
  if (base === undefined || base === NO_VERSION) return undefined
  // What the project came from may be older than what it goes on with: a range in the source is about the latter.
  return ports.templates.load(bareSource(source), base, cwd)
}

/** Whether an update between the versions is more than a merge: stops, migrations, questions with new names. */
export function hasSteps(before: Template, { ref, manifest }: Template): boolean {
  const { stops, migrations, renamed_questions: renamed } = manifest
  const sinces = [...stops, ...[...migrations, ...renamed].map(({ since }) => since)]
  return sinces.some((since) => isOlder(before.ref.version, since) && !isOlder(ref.version, since))
}

/** Tells that the project is left at the version that it was made from. */
export function stepsRemark(before: Template, newest: Template): Diagnostic {
  const message = `the project comes in at ${before.ref.version}: on the way to ${newest.ref.version} the template has stops, migrations or renamed questions`
  return { code: "update-next", severity: "info", message, hint: "`meshwright update` goes that way" }
}

/** The record that the project would have, had it been made with meshwright from that version. */
export function previousLock(before: Template, now: Manifest, answered: Answers): ParsedLock {
  const { questions } = before.manifest
  const known = Object.entries(answered).filter(([name]) => questions.some((question) => question.name === name))
  const inputs: AnswerInputs = {
    flag: {},
    file: {},
    environment: {},
    recorded: Object.fromEntries(known),
    guesses: {},
  }
  const { answers: old, problems } = resolveAnswers(before.manifest, inputs)
  if (problems.length > 0)
    throw new MeshwrightError(
      problems.map((each) => ({
        ...each,
        message: `${each.message} (version ${before.ref.version} of the template asks that)`,
        hint: "--version none adopts the project without an earlier version",
      })),
      "usage",
    )
  const rendered = renderTree(before, old)
  const lock = nextLock({
    template: before.ref,
    answers: old,
    questions,
    rendered,
    changes: [],
    sources: sourceHashes(before),
  })
  // Nobody has changed an answer: they were found out only now.
  return { lock: { ...lock, answers: recordable(answered, now.questions) }, lines: new Map() }
}

interface KnownBase {
  readonly base: ReturnType<typeof foreignBase>
  readonly label: string
}

/** What copier or cruft rendered, as far as that can be told. Code of such a template runs only where it is trusted. */
export async function baseOfRecord(
  ports: Ports,
  foreign: ForeignTemplates,
  { root, trust }: AdoptRequest,
  record: ForeignRecord,
  rendered: RenderedTree,
): Promise<KnownBase> {
  let rendering = await foreign.render(record, root, trust)
  if (rendering.kind === "untrusted") {
    await requireTrust(ports, {
      template: { ref: { source: addressOf(record), version: record.version, integrity: "" }, folder: record.source },
      root,
      runs: [
        {
          what: `${record.tool} template`,
          why: `rendered once more at ${record.version || "its newest version"}, to tell your changes from the template's; --version none does without`,
        },
      ],
      given: trust,
      isForeign: true,
    })
    rendering = await foreign.render(record, root, true)
  }
  const label = `${record.tool} ${record.version.slice(0, 12)}`.trim()
  if (rendering.kind === "rendered") return { base: foreignBase(rendering.tree, rendered), label }
  const failed =
    rendering.kind === "failed" ? rendering : { problem: "the earlier template cannot be rendered", hint: "mend that" }
  // Adopting takes the record away: without its base that is only done where it is wanted.
  throw new MeshwrightError([
    problem("no-base", failed.problem, {
      file: record.file,
      hint: `${failed.hint} and run this again, or do without: with --version none your files count as changed by you, and stay`,
    }),
  ])
}

/** An address in the words that trust is given in: copier's short names are of GitHub and GitLab. */
function addressOf({ source }: ForeignRecord): string {
  const short = /^(gh|gl):\/?\/?(.+?)(\.git)?$/.exec(source)
  if (short === null) return source
  return `https://${short[1] === "gh" ? "github.com" : "gitlab.com"}/${short[2]}.git`
}
