import { basename, dirname, join, relative, resolve, sep } from "node:path"
import { organisationOf, ownerOf, PUBLIC_MAIL } from "../core/answers/organisation.ts"
import { parsePackageReference } from "../core/answers/package-reference.ts"
import type { Answers, AnswerValue } from "../core/model/answers.ts"
import { MeshwrightError } from "../core/model/diagnostic.ts"
import { kebabCase } from "../core/render/case.ts"
import { PROJECT_FILE } from "../core/plan/plan-project.ts"
import { parseProjectFile } from "../core/project/project-file.ts"
import type { FileSystem } from "./ports/file-system.ts"
import type { Git } from "./ports/git.ts"

/** A project beside the new one. */
interface Neighbour {
  readonly folder: string
  readonly template: string
  readonly answers: Answers
}

// Neighbours are looked at to guess defaults: not worth more than a moment in a folder of thousands.
const MOST_NEIGHBOURS = 200
/**
 * What the surroundings tell about a new project in `folder`, by the `guess` names that questions use: organisation and
 * team from projects beside it or from git, the internal dbt package from a folder beside it, the repository around it.
 * @param name the project's name where it is known
 * @param platformPackage where the internal package is, where that is known
 */
export async function guessAnswers(
  { fs, git }: { readonly fs: FileSystem; readonly git: Git },
  folder: string,
  name: string | undefined,
  platformPackage?: string,
): Promise<Readonly<Record<string, AnswerValue>>> {
  const parent = dirname(folder)
  const neighbours = neighboursOf(fs, parent, basename(folder))
  // Where .github/ and the like would not be at the top of a repository.
  const guesses: Record<string, AnswerValue> = { repository: git.isRepository(parent) ? "shared" : "own" }

  const given = platformPackage === undefined ? undefined : parsePackageReference(platformPackage)
  const neighbour = neighbours.find((each) => isPlatform(fs, each))?.folder
  const platform = given?.kind === "folder" ? resolve(folder, given.location) : given ? undefined : neighbour
  if (platform !== undefined) {
    guesses["platform_package"] = relative(folder, platform).split(sep).join("/")
    const packageName = dbtProjectName(fs, platform)
    if (packageName !== undefined) guesses["platform_name"] = packageName
  }

  const domain = neighbours.find(({ answers }) => typeof answers["domain"] === "string")
  const known = neighbours.find(({ answers }) => typeof answers["organisation"] === "string")
  const organisation = known?.answers["organisation"]
  const { email, origin } =
    organisation === undefined || !domain ? await git.identity(parentThatExists(fs, parent)) : { email: "", origin: "" }
  const host = email.split("@")[1] ?? ""
  if (organisation !== undefined) guesses["organisation"] = organisation
  else {
    const owner = ownerOf(origin) ?? (PUBLIC_MAIL.test(`${host}.`) || host === "" ? undefined : organisationOf(host))
    if (owner !== undefined && kebabCase(owner) !== "") guesses["organisation"] = kebabCase(owner)
  }
  if (name !== undefined) {
    const own = kebabCase(name)
    const team = adapted(domain, "owner_team", own)
    const mail =
      adapted(domain, "owner_email", own) ??
      (host === "" || PUBLIC_MAIL.test(`${host}.`) ? undefined : `${own}-data@${host}`)
    if (team !== undefined) guesses["team"] = team
    if (mail !== undefined) guesses["email"] = mail
  }
  return guesses
}

/** The neighbour's answer with its name replaced by the new project's: @acme/sales-data → @acme/finance-data. */
function adapted(neighbour: Neighbour | undefined, answer: string, name: string): string | undefined {
  const theirs = neighbour?.answers[answer]
  const theirName = kebabCase(String(neighbour?.answers["domain"] ?? ""))
  if (typeof theirs !== "string" || theirName === "" || !theirs.includes(theirName)) return undefined
  return theirs.replaceAll(theirName, name)
}

function neighboursOf(fs: FileSystem, parent: string, except: string): Neighbour[] {
  return fs
    .list(parent)
    .filter((name) => name !== except && !name.startsWith("."))
    .slice(0, MOST_NEIGHBOURS)
    .flatMap((name) => {
      const folder = join(parent, name)
      const file = fs.read(join(folder, PROJECT_FILE))
      if (!file) return looksLikePlatform(fs, folder) ? [{ folder, template: "", answers: {} }] : []
      try {
        const { template, answers } = parseProjectFile(Buffer.from(file.bytes).toString("utf8"))
        return [{ folder, template, answers }]
      } catch (error) {
        // A neighbour in disorder is not the new project's business.
        if (error instanceof MeshwrightError) return []
        throw error
      }
    })
}

function isPlatform(fs: FileSystem, { folder, template }: Neighbour): boolean {
  return template === "builtin:platform" || looksLikePlatform(fs, folder)
}

/** An internal dbt package that was not made by meshwright: a dbt project in a folder that ends in `platform`. */
function looksLikePlatform(fs: FileSystem, folder: string): boolean {
  return basename(folder).endsWith("platform") && fs.stat(join(folder, "dbt_project.yml"))?.kind === "file"
}

/** `name:` of a folder's dbt_project.yml; undefined where there is none. */
function dbtProjectName(fs: FileSystem, folder: string): string | undefined {
  const file = fs.read(join(folder, "dbt_project.yml"))
  if (!file) return undefined
  return /^name:\s*["']?([A-Za-z_][A-Za-z0-9_]*)/m.exec(Buffer.from(file.bytes).toString("utf8"))?.[1]
}

function parentThatExists(fs: FileSystem, folder: string): string {
  let existing = folder
  while (fs.stat(existing) === null && dirname(existing) !== existing) existing = dirname(existing)
  return existing
}
