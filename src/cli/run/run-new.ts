import { generators } from "../../../generators/index.ts"
import { join, relative, resolve } from "node:path"
import type { FirstCommit } from "../../app/ports/git.ts"
import type { NewProject } from "../../app/new/create-project.ts"
import { type NewPlan, planNew } from "../../app/new/new-project.ts"
import { recordable } from "../../core/lock/next-lock.ts"
import type { FileChange } from "../../core/model/change.ts"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import { shellWord } from "../../core/render/quote.ts"
import { parseSource } from "../../core/template/parse-source.ts"
import { EXIT } from "../exit-codes.ts"
import { type CommandLine, parseSettings } from "../parse-command-line.ts"
import { changeLines } from "../views/human.ts"
import { extendedBy } from "../views/layers.ts"
import { planDocument, SCHEMA_VERSION } from "../views/json.ts"
import { remarkText } from "../views/update.ts"
import { readAnswersFiles } from "./answers-file.ts"
import type { Session } from "./session.ts"

interface What {
  readonly kind: string
  readonly source: string
  readonly name?: string
}

/** `meshwright new`. */
export async function runNew(session: Session, line: CommandLine): Promise<number> {
  const what = await whatToCreate(session, line)
  const destText = line.text("dest")
  const dest = destText === undefined ? undefined : resolve(session.cwd, destText)
  const version = line.text("to")
  session.recover(dest ?? (what.name === undefined ? session.cwd : resolve(session.cwd, what.name)), session.cwd)
  const plan = await planNew(session.ports, {
    source: what.source,
    ...(version === undefined ? {} : { version }),
    ...(what.name === undefined ? {} : { name: what.name }),
    ...(dest === undefined ? {} : { dest }),
    cwd: session.cwd,
    flag: parseSettings(line.texts("set")),
    ...readAnswersFiles(line.texts("answers")),
    keepExisting: line.flag("keep-existing"),
  })
  session.noteUnused(plan.projects[0]?.given.unused ?? [])
  for (const remark of plan.projects[0]?.given.remarks ?? []) session.note(remarkText(remark))
  const dryRun = line.flag("dry-run")
  if (!dryRun) await confirmPlan(session, plan)
  const commits = dryRun ? [] : await create(session, plan, !line.flag("no-git"))
  const repeat = repeatCommand(session, line, what, plan)
  if (session.json) session.printJson(newDocument(plan, dryRun, commits, repeat))
  else tell(session, plan, dryRun, commits, repeat)
  return EXIT.done
}

/** Reads KIND and NAME: a first argument that is no kind is the name of a domain project. */
async function whatToCreate({ ports }: Session, line: CommandLine): Promise<What> {
  const [first, second] = line.positionals
  const template = line.text("template")
  if (template !== undefined) {
    if (second !== undefined)
      throw new MeshwrightError(
        [problem("usage", "with --template, only NAME is given", { hint: "meshwright new NAME --template SOURCE" })],
        "usage",
      )
    return { kind: template, source: template, ...(first === undefined ? {} : { name: first }) }
  }
  const kinds = generators.map((generator) => generator.name)
  if (first !== undefined && !kinds.includes(first) && second !== undefined) {
    throw new MeshwrightError(
      [
        problem("unknown-kind", `there is no kind of project ${JSON.stringify(first)}`, {
          hint: `kinds: ${kinds.join(", ")}; for another template use --template SOURCE`,
        }),
      ],
      "usage",
    )
  }
  const named = first !== undefined && kinds.includes(first)
  const kind = named ? first : first === undefined && ports.prompter ? await chooseKind(ports.prompter) : "domain"
  const name = named ? second : first
  return {
    kind,
    source: generators.find((generator) => generator.name === kind)?.template ?? "",
    ...(name === undefined ? {} : { name }),
  }
}

function chooseKind(prompter: NonNullable<Session["ports"]["prompter"]>): Promise<string> {
  const choices = generators.map(({ name, description }) => ({ value: name, label: description }))
  return prompter.choose("What do you want to create?", choices)
}

async function confirmPlan({ ports, paint, cwd }: Session, plan: NewPlan): Promise<void> {
  const { prompter } = ports
  if (!prompter) return
  const lines = plan.projects.flatMap(({ folder, template, given, changes }) => [
    "",
    `${paint("bold", relativeFolder(cwd, join(plan.root, folder)))}  ${written(changes).length} files, template ${template.manifest.name} ${template.ref.version}`,
    ...Object.entries(recordable(given.answers, template.manifest.questions)).map(
      ([name, value]) => `  ${name}: ${String(value)}`,
    ),
  ])
  prompter.say([...lines, ""].join("\n"))
  if (!(await prompter.confirm("Create this?", true)))
    throw new MeshwrightError([problem("interrupted", "nothing was created")], "interrupted")
}

/** Writes the project and makes its repository. Once the files are written, an interruption comes too late. */
function create(session: Session, plan: NewPlan, withGit: boolean): Promise<FirstCommit[]> {
  return session.throughSignals(async (interrupted) => {
    session.apply(plan.root, plan.changes)
    const commits = withGit ? await commitAll(session, plan, interrupted) : []
    if (interrupted()) session.note("The interruption came when the files were written: the project is complete.")
    return commits
  })
}

async function commitAll({ ports, note }: Session, plan: NewPlan, interrupted: () => boolean): Promise<FirstCommit[]> {
  const commits: FirstCommit[] = []
  for (const { folder, only } of plan.repositories) {
    const { manifest, ref } =
      plan.projects.find((project) => join(plan.root, project.folder) === folder)?.template ??
      plan.projects[0]!.template
    const message = `Create project from template ${manifest.name} ${ref.version}`
    const first = await ports.git.initAndCommit(folder, message, only)
    // Ctrl-C at a terminal ends git as well: its part is done again.
    const again = first.status !== "committed" && interrupted()
    const commit = again ? await ports.git.initAndCommit(folder, message, only) : first
    commits.push(commit)
    if (commit.status === "no-identity") {
      note(
        `No commit was made in ${folder}: git does not know who you are. All is staged; commit it after\n  git config --global user.name "Your Name"\n  git config --global user.email you@example.com`,
      )
    } else if (commit.status === "staged")
      note(`No commit was made in ${folder}; all is staged. git says: ${commit.reason}`)
    else if (commit.status === "failed") note(`No git repository was made in ${folder}: ${commit.reason}`)
  }
  return commits
}

function tell(session: Session, plan: NewPlan, dryRun: boolean, commits: readonly FirstCommit[], repeat: string): void {
  const { paint, print, cwd } = session
  const main = plan.projects[0]
  if (!main) return
  const folder = relativeFolder(cwd, join(plan.root, main.folder))
  for (const project of plan.projects) {
    const files = written(project.changes).length
    const where = relativeFolder(cwd, join(plan.root, project.folder))
    print(paint("green", `${dryRun ? "Would create" : "Created"} ${where}: ${files} files`))
  }
  if (dryRun || session.verbose) print(changeLines(written(plan.changes), paint, { all: true }).join("\n"))
  for (const path of plan.kept) print(`  kept ${path}, which was there already`)
  if (commits.some(({ status }) => status === "committed"))
    print(paint("dim", "A git repository was made, with a first commit."))
  if (plan.repositories.length === 0)
    print(paint("dim", "It lies in a git repository already: none was made, and nothing committed."))
  const assumed = Object.entries(main.given.assumed)
  if (assumed.length > 0)
    print(
      paint("dim", `Not asked, so assumed: ${assumed.map(([name, value]) => `${name}=${String(value)}`).join(", ")}`),
    )
  if (dryRun) return
  print(["", "Next:", ...[`cd ${shellWord(folder)}`, ...main.nextSteps].map((step) => `  ${step}`)].join("\n"))
  print(["", paint("dim", "The same again, without questions:"), `  ${repeat}`].join("\n"))
}

function written(changes: readonly FileChange[]): readonly FileChange[] {
  return changes.filter(({ writes }) => writes.length > 0)
}

/** The command that creates the same in automation; two where a platform package was created beside the project. */
function repeatCommand({ cwd }: Session, line: CommandLine, what: What, plan: NewPlan): string {
  const [main, ...others] = plan.projects
  if (!main) return ""
  const dest = line.text("dest")
  const shared = line.flag("no-git") ? ["--no-git"] : []
  const { ref } = main.template
  // Of git and npm, the version that was taken, also where the newest was asked for: later that is another one.
  const isFetched = ["git", "npm"].includes(parseSource(ref.source).kind)
  const version = isFetched ? ref.version : line.text("to")
  const template =
    line.text("template") === undefined
      ? []
      : ["--template", what.source, ...(version === undefined ? [] : ["--to", version])]
  const words = [
    ...(template.length === 0 ? [what.kind] : []),
    ...nameOf(main),
    ...template,
    ...(dest === undefined ? [] : ["--dest", relativeFolder(cwd, resolve(cwd, dest))]),
    ...settingsOf(main),
    ...shared,
  ]
  const beside = others
    // A project inside the main one comes with it.
    .filter(({ folder }) => main.folder !== "" && !folder.startsWith(`${main.folder}/`))
    .map((project) => [
      "platform",
      ...nameOf(project),
      "--dest",
      relativeFolder(cwd, join(plan.root, project.folder)),
      ...settingsOf(project),
      ...shared,
    ])
  return [...beside, words]
    .map((each) => ["meshwright", "new", ...each, "--yes"].map((word) => shellWord(word)).join(" "))
    .join(" && ")
}

/** A project's NAME, as its answer to the question that it stands for. */
function nameOf({ template, given }: NewProject): string[] {
  const question = template.manifest.named_by
  const name = question === undefined ? undefined : given.answers[question]
  return name === undefined ? [] : [String(name)]
}

function settingsOf({ template, given }: NewProject): string[] {
  const { named_by: namedBy, questions } = template.manifest
  const answers = Object.entries(recordable(given.answers, questions)).filter(([key]) => key !== namedBy)
  return answers.flatMap(([key, value]) => ["--set", `${key}=${String(value)}`])
}

function newDocument(
  plan: NewPlan,
  dryRun: boolean,
  commits: readonly FirstCommit[],
  repeat: string,
): Record<string, unknown> {
  const projects = plan.projects.map(({ folder, template, given }) => ({
    path: join(plan.root, folder),
    template: { source: template.ref.source, to: template.ref.version, ...extendedBy(template) },
    answers: recordable(given.answers, template.manifest.questions),
    assumed: Object.keys(given.assumed),
  }))
  return {
    schemaVersion: SCHEMA_VERSION,
    command: "new",
    template: projects[0]?.template,
    dryRun,
    root: plan.root,
    projects,
    ...planDocument(plan.changes),
    git: commits[0]?.status ?? "none",
    nextSteps: plan.projects[0]?.nextSteps ?? [],
    repeat,
  }
}

function relativeFolder(cwd: string, folder: string): string {
  return relative(cwd, folder) || "."
}
