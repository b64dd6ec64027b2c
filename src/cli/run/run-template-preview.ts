import { relative, resolve } from "node:path"
import { readAuthorTemplate } from "../../app/template-tools/author-template.ts"
import {
  compareAnswers,
  comparedVersion,
  compareVersions,
  type Comparison,
  type GivenAnswers,
  type Preview,
  previewTemplate,
} from "../../app/template-tools/preview-template.ts"
import { closest } from "../../core/answers/closest.ts"
import { decodeText } from "../../core/decode-text.ts"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import type { FileChange } from "../../core/model/change.ts"
import type { RenderedFile, RenderedTree, TemplateRef } from "../../core/model/template.ts"
import { EXIT } from "../exit-codes.ts"
import { type CommandLine, parseSettings } from "../parse-command-line.ts"
import { SCHEMA_VERSION } from "../views/json.ts"
import { changeText, treeLines } from "../views/tree.ts"
import { readAnswersFiles } from "./answers-file.ts"
import type { Session } from "./session.ts"

/** `meshwright template preview`. */
export async function runTemplatePreview(session: Session, line: CommandLine): Promise<number> {
  const { template } = await readAuthorTemplate(session.ports, line.positionals[0] ?? ".", session.cwd)
  const given = givenAnswers(line)
  const comparison = await compare(session, line, template, given)
  const preview = comparison?.after ?? (await previewTemplate(session.ports, template, given))
  const file = line.text("file")
  const tree = file === undefined ? preview.tree : onlyFile(preview.tree, file)
  const out = line.text("out")
  const written = out === undefined ? undefined : write(session, resolve(session.cwd, out), tree)
  const wholeText = file !== undefined || session.verbose
  if (session.json) session.printJson(previewDocument(preview, tree, comparison, written, wholeText))
  else if (comparison) session.print(changeText(comparison.changes, session.paint) || "nothing changes")
  else if (file !== undefined && written === undefined) session.print(textOf([...tree.values()][0]!).replace(/\n$/, ""))
  else tell(session, preview, tree, written)
  return EXIT.done
}

/** Answers of --set and --answers. */
export function givenAnswers(line: CommandLine): GivenAnswers {
  return { flag: parseSettings(line.texts("set")), ...readAnswersFiles(line.texts("answers")) }
}

async function compare(
  { ports, cwd }: Session,
  line: CommandLine,
  template: Preview["template"],
  given: GivenAnswers,
): Promise<Comparison | undefined> {
  const versus = line.texts("versus")
  const from = line.text("from")
  const wantsVersion = line.flag("diff") || from !== undefined
  if (versus.length > 0 && wantsVersion)
    throw new MeshwrightError(
      [problem("usage", "--versus compares answers, --diff and --from versions: give one of them")],
      "usage",
    )
  if (versus.length > 0) return compareAnswers(ports, template, given, parseSettings(versus, "versus"))
  if (!wantsVersion) return undefined
  return compareVersions(ports, await comparedVersion(ports, template, from, cwd), template, given)
}

function onlyFile(tree: RenderedTree, path: string): RenderedTree {
  const files = [...tree].filter(([each]) => each === path)
  if (files.length > 0) return new Map(files)
  const near = closest(path, [...tree.keys()])
  throw new MeshwrightError(
    [
      problem("no-file", `the template renders no ${path} for these answers`, {
        hint: near === undefined ? "without --file, all files are listed" : `did you mean ${near}?`,
      }),
    ],
    "usage",
  )
}

/** Writes the files to a folder that is new or empty, all or none. */
function write(session: Session, folder: string, tree: RenderedTree): string {
  if (session.ports.fs.list(folder).length > 0) {
    throw new MeshwrightError(
      [problem("folder-not-empty", `${folder} is not empty`, { hint: "--out takes a folder that is new or empty" })],
      "usage",
    )
  }
  const changes = [...tree.values()].map(({ path, mode, bytes }): FileChange => ({
    path,
    action: "create",
    status: "clean",
    reason: "new-in-template",
    writes: [{ path, before: null, after: { mode, bytes } }],
  }))
  session.apply(folder, changes)
  return folder
}

function tell(session: Session, preview: Preview, tree: RenderedTree, written: string | undefined): void {
  const { print, paint, note, cwd, verbose } = session
  const { template, answers, assumed } = preview
  print(`${paint("bold", template.manifest.name)} ${template.ref.version}: ${tree.size} files`)
  print(treeLines(tree, paint).join("\n"))
  if (verbose) for (const file of tree.values()) print(`\n${paint("bold", file.path)}\n${textOf(file).trimEnd()}`)
  if (assumed.length > 0)
    note(`Not given, so taken: ${assumed.map((name) => `${name}=${String(answers[name])}`).join(", ")}`)
  if (written !== undefined) print(`Written to ${relative(cwd, written) || "."}`)
}

function textOf({ bytes, mode, path }: RenderedFile): string {
  const text = decodeText(bytes)
  if (mode === "link") return `link to ${text}`
  return text ?? `${path} is no text`
}

function previewDocument(
  { template, answers, assumed }: Preview,
  tree: RenderedTree,
  comparison: Comparison | undefined,
  out: string | undefined,
  wholeText: boolean,
): object {
  return {
    schemaVersion: SCHEMA_VERSION,
    command: "template preview",
    template: versionDocument(template.ref),
    answers,
    assumed,
    files: [...tree.values()].map(({ path, origin, policy, mode, bytes }) => {
      const text = wholeText ? decodeText(bytes) : undefined
      return { path, origin, mode: policy, permissions: mode, ...(text === undefined ? {} : { text }) }
    }),
    ...(comparison ? { from: versionDocument(comparison.before.template.ref), changes: comparison.changes } : {}),
    ...(out === undefined ? {} : { out }),
  }
}

/** Source and version, as --json tells a template. */
export function versionDocument({ source, version }: TemplateRef): object {
  return { source, version }
}
