import { dirname, join, relative, sep } from "node:path"
import { isMap, isScalar, parseDocument, visit } from "yaml"
import { CODEOWNERS_PLACES } from "../../core/adopt/code-owners.ts"
import { PACKAGE_FILES } from "../../core/adopt/find-packages.ts"
import type { Surroundings } from "../../core/adopt/found.ts"
import { isRecord, recordsIn } from "../../core/adopt/found.ts"
import { filesBelow } from "../project-files.ts"
import { readDbtProject } from "../../core/adopt/read-dbt-project.ts"
import { decodeText } from "../../core/decode-text.ts"
import type { FileSystem } from "../ports/file-system.ts"
import type { Ports } from "../ports/ports.ts"

const FILES = [
  "dbt_project.yml",
  "profiles.yml",
  "requirements.txt",
  "pyproject.toml",
  "Pipfile",
  "environment.yml",
  ...PACKAGE_FILES,
]
const CI_FOLDERS = [".github/workflows", ".azuredevops", ".azure", ".circleci", ".buildkite"]
const CI_FILES = /^(\.gitlab-ci\.ya?ml|azure-pipelines[^/]*\.ya?ml|bitbucket-pipelines\.yml|Jenkinsfile)$/
// Beyond these a project is too large to be read for guesses.
const MOST_FILES = 5000
const MOST_TERRAFORM = 200
const LARGEST_FILE = 1024 * 1024

/** Reads what of an existing project tells something about it. */
export async function readSurroundings({ fs, git }: Ports, root: string): Promise<Surroundings> {
  const files = new Map<string, string>()
  const read = (path: string): string | undefined => {
    const text = readText(fs, join(root, path))
    if (text !== undefined) files.set(path, text)
    return text
  }
  for (const path of FILES) read(path)
  for (const folder of localPackages(files)) read(`${folder}/dbt_project.yml`)
  const { modelPaths } = readDbtProject(readYaml(files.get("dbt_project.yml") ?? ""))
  const inModels = files.has("dbt_project.yml") ? modelPaths.flatMap((folder) => modelFiles(fs, root, folder)) : []
  for (const path of inModels) if (/\.ya?ml$/.test(path)) read(path)

  const top = topOf(fs, root)
  const ci = CI_FOLDERS.flatMap((folder) => fs.list(join(top, folder)).map((name) => `${folder}/${name}`))
  const terraform = (await git.tracked(top)).filter((path) => path.endsWith(".tf")).slice(0, MOST_TERRAFORM)
  const atTop = [...CODEOWNERS_PLACES, ...ci, ...fs.list(top).filter((name) => CI_FILES.test(name)), ...terraform]
  const { origin } = await git.identity(root)
  return {
    files,
    top: new Map(
      atTop.flatMap((path) => {
        const text = readText(fs, join(top, path))
        return text === undefined ? [] : [[path, text] as const]
      }),
    ),
    folder: relative(top, root).split(sep).join("/"),
    origin,
    models: inModels.filter((path) => /\.(sql|py)$/.test(path)),
  }
}

/** A text as plain values; undefined where it is no YAML. dbt takes a key that is there twice, and so does this. */
export function readYaml(text: string): unknown {
  const document = parseDocument(text, { logLevel: "silent", uniqueKeys: false, merge: true })
  if (document.errors.length > 0) return undefined
  // Keys that no map of ours may have.
  visit(document, {
    Pair: (_, { key }) => (isScalar(key) && key.value === "__proto__" ? visit.REMOVE : undefined),
  })
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 })
    return isMap(document.contents) || Array.isArray(value) ? value : undefined
  } catch {
    // Aliases without end.
    return undefined
  }
}

function localPackages(files: ReadonlyMap<string, string>): readonly string[] {
  return PACKAGE_FILES.flatMap((file) => {
    const value = readYaml(files.get(file) ?? "")
    return recordsIn(isRecord(value) ? value["packages"] : undefined).flatMap(([, { local }]) =>
      typeof local === "string" ? [local.replace(/\/+$/, "")] : [],
    )
  })
}

/** The folder at or above the project that holds `.git`; the project where none does. */
function topOf(fs: FileSystem, root: string): string {
  for (let folder = root; ; folder = dirname(folder)) {
    if (fs.stat(join(folder, ".git")) !== null) return folder
    if (dirname(folder) === folder) return root
  }
}

/** Models and what describes them, by path from the project's folder. */
function modelFiles(fs: FileSystem, root: string, folder: string): readonly string[] {
  return filesBelow(fs, join(root, folder), MOST_FILES)
    .filter((path) => /\.(sql|py|ya?ml)$/.test(path))
    .map((path) => (folder === "" ? path : `${folder}/${path}`))
}

function readText(fs: FileSystem, path: string): string | undefined {
  if (fs.stat(path)?.kind !== "file") return undefined
  const bytes = fs.read(path)?.bytes
  return bytes === undefined || bytes.length > LARGEST_FILE ? undefined : decodeText(bytes)
}
