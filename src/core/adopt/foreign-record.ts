import { MeshwrightError, problem } from "../model/diagnostic.ts"
import type { RelPath } from "../model/path.ts"
import { isRecord, type ReadYaml } from "./found.ts"

/** What another tool recorded of the template that the project was made from. */
export interface ForeignRecord {
  readonly tool: "copier" | "cruft"
  /** Path of the record in the project. */
  readonly file: RelPath
  /** Where the template is, as the tool understands it. */
  readonly source: string
  /** Tag or commit; empty where it is not known. */
  readonly version: string
  /** Folder within the template's repository that holds it; cruft only. */
  readonly directory: string
  /** What the template's questions were told, as it stands there. */
  readonly answers: Readonly<Record<string, unknown>>
  /** Globs of what the team wants left alone. */
  readonly keep: readonly string[]
}

/** The records that are looked for, in this order. */
export const FOREIGN_RECORDS = [".copier-answers.yml", ".copier-answers.yaml", ".cruft.json"] as RelPath[]

/** Reads a record by its name. Throws a MeshwrightError where it is not what its tool writes. */
export function readForeignRecord(
  file: RelPath,
  text: string,
  pyproject: string | undefined,
  readYaml: ReadYaml,
): ForeignRecord {
  // JSON is YAML.
  const value = readYaml(text)
  const record = isRecord(value) ? (file.endsWith(".json") ? ofCruft(file, value) : ofCopier(file, value)) : undefined
  if (record === undefined)
    throw new MeshwrightError([
      problem("foreign-record", `${file} names no template: it is not what its tool writes`, {
        file,
        hint: "restore it from git, or delete it to adopt the project without it",
      }),
    ])
  return record.tool === "cruft" ? { ...record, keep: [...new Set([...record.keep, ...skipIn(pyproject)])] } : record
}

/** https://copier.readthedocs.io/en/stable/configuring/#the-copier-answersyml-file */
function ofCopier(file: RelPath, value: Readonly<Record<string, unknown>>): ForeignRecord | undefined {
  const { _src_path: source, _commit: commit } = value
  if (typeof source !== "string") return undefined
  const answers = Object.fromEntries(Object.entries(value).filter(([name]) => !name.startsWith("_")))
  return { tool: "copier", file, source, version: textOf(commit), directory: "", answers, keep: [] }
}

/** https://cruft.github.io/cruft/ */
function ofCruft(file: RelPath, value: Readonly<Record<string, unknown>>): ForeignRecord | undefined {
  const { template, commit, directory, context, skip } = value
  if (typeof template !== "string") return undefined
  const told = isRecord(context) && isRecord(context["cookiecutter"]) ? context["cookiecutter"] : {}
  const answers = Object.fromEntries(Object.entries(told).filter(([name]) => !name.startsWith("_")))
  const keep = Array.isArray(skip) ? skip.filter((each): each is string => typeof each === "string") : []
  return {
    tool: "cruft",
    file,
    source: template,
    version: textOf(commit),
    directory: textOf(directory),
    answers,
    keep,
  }
}

/** `skip` of [tool.cruft] in pyproject.toml. */
function skipIn(pyproject = ""): readonly string[] {
  const section = /^\[tool\.cruft\][^\S\n]*(?:#.*)?\r?\n([\s\S]*?)(?=^\[|$(?![\s\S]))/m.exec(pyproject)?.[1] ?? ""
  const list = /^\s*skip\s*=\s*\[([^\]]*)\]/m.exec(section)?.[1] ?? ""
  return [...list.matchAll(/"([^"]*)"|'([^']*)'/g)].flatMap(([, double, single]) => double ?? single ?? [])
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : ""
}
