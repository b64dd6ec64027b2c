import { type Diagnostic, MeshwrightError, problem } from "../model/diagnostic.ts"
import { parsePackageReference } from "../answers/package-reference.ts"
import { isCommit, isVersion } from "../version.ts"

interface Versioned {
  /** What follows the `@`: a version, a range, a tag, a branch, a commit; empty for the newest. */
  readonly wanted: string
  /** The address without it, as recorded in meshwright.yml. */
  readonly source: string
}

interface InGit extends Versioned {
  readonly kind: "git"
  readonly url: string
  readonly subfolder: string
}

interface OnNpm extends Versioned {
  readonly kind: "npm"
  /** With its scope: `@acme/dbt-templates`. */
  readonly name: string
  readonly subfolder: string
}

export type TemplateSource =
  | ({ readonly kind: "builtin"; readonly name: string } & Versioned)
  | { readonly kind: "folder"; readonly path: string }
  | InGit
  | OnNpm

const KINDS = "builtin:NAME, a folder, a git URL, or npm:PACKAGE"
const EXAMPLE = "for example git+https://host/org/templates.git//domain@v1.0.0 or npm:@acme/dbt-templates@^1.2"
const PACKAGE = /^(?:@[a-z0-9~_][a-z0-9~._-]*\/)?[a-z0-9~_][a-z0-9~._-]*$/i
// Tokens that work as a user's name alone, as the forges prefix them; others are known by their length.
const TOKEN = /^(gh[a-z]_|github_pat_|gl[a-z]+-|glpat-|bb[a-z]+_|npm_)|^[^.]{24,}$/i

/**
 * Reads where a template comes from: `builtin:NAME`, a folder, a git URL or `npm:PACKAGE`; all but folders with `@VERSION`,
 * git and npm with `//subfolder` before it. Throws a MeshwrightError for what is none, and for a URL that holds a password.
 */
export function parseSource(text: string): TemplateSource {
  if (text.startsWith("builtin:")) {
    const [name = "", ...wanted] = text.slice("builtin:".length).split("@")
    return { kind: "builtin", name, wanted: wanted.join("@").trim(), source: `builtin:${name}` }
  }
  if (text.startsWith("npm:")) return npmSource(text)
  const forge = /^(gh|gl|bb|hub|github|gitlab|bitbucket):(?!\/)(.*)$/.exec(text)
  if (forge) throw unknownSource(text, forgeHint(forge[1] ?? "", forge[2] ?? ""))
  const { kind, location, revision, subdirectory } = parsePackageReference(text)
  if (kind !== "git") return { kind: "folder", path: text }
  const credentials = credentialsIn(text)
  if (credentials) throw new MeshwrightError([credentials], "usage")
  const isUrl = location.includes("://")
  if (isUrl && !/^(https?|ssh|git|file):\/\//i.test(location)) throw unknownSource(text, EXAMPLE)
  // An option instead of a URL or revision would be an order to git.
  if (location.startsWith("-") || revision.startsWith("-") || !isSubfolder(subdirectory))
    throw new MeshwrightError([problem("unknown-source", `${text} is no git URL`, { hint: EXAMPLE })], "usage")
  const prefix = isUrl && text.startsWith("git+") ? "git+" : ""
  return {
    kind: "git",
    url: location,
    subfolder: subdirectory,
    wanted: revision.trim(),
    source: `${prefix}${location}${below(subdirectory)}`,
  }
}

/** A source without what it says behind its @: for who knows the version, whatever a project stays within. */
export function bareSource(text: string): string {
  const source = parseSource(text)
  return source.kind === "folder" ? source.path : source.source
}

function npmSource(text: string): OnNpm {
  // The @ of a scope stands at the beginning.
  const at = text.lastIndexOf("@")
  const hasVersion = at > "npm:".length
  const [name = "", ...folders] = text.slice("npm:".length, hasVersion ? at : undefined).split("//")
  const subfolder = folders.join("/").replaceAll(/^\/+|\/+$/g, "")
  const wanted = hasVersion ? text.slice(at + 1).trim() : ""
  if (!PACKAGE.test(name) || !isSubfolder(subfolder)) {
    const hint = "npm:[@SCOPE/]NAME[//SUBFOLDER][@VERSION], for example npm:@acme/dbt-templates//domain@^1.2"
    throw new MeshwrightError([problem("unknown-source", `${text} is no npm package`, { hint })], "usage")
  }
  return { kind: "npm", name, subfolder, wanted, source: `npm:${name}${below(subfolder)}` }
}

function isSubfolder(path: string): boolean {
  return !path.split(/[/\\]/).includes("..")
}

function below(subfolder: string): string {
  return subfolder === "" ? "" : `//${subfolder}`
}

/**
 * What is wrong with an address that holds a password or token: it would be recorded in every project, and shown in every
 * log. It is not repeated here either. undefined where there is none.
 */
export function credentialsIn(text: string): Diagnostic | undefined {
  const url = text.replace(/^git\+/, "")
  const [, scheme = "", user = "", password] = /^([a-z]+):\/\/([^/@:]*)(:[^/@]*)?@/i.exec(url) ?? []
  const isToken = /^http/i.test(scheme) && TOKEN.test(user)
  const inQuery = /^https?:.*[?&][^=&]*(token|password|secret|key)[^=&]*=/i.test(url)
  if (password === undefined && !isToken && !inQuery) return undefined
  const host = /^[a-z]+:\/\/(?:[^/@]*@)?([^/@?]+)/i.exec(url)?.[1] ?? "the repository"
  return problem("credentials-in-source", `the address of the template on ${host} holds a password or token`, {
    hint: "take it out of the address, and give it to git: a credential helper, ssh, or in CI url.<base>.insteadOf by GIT_CONFIG_COUNT (docs/sources.md)",
  })
}

function unknownSource(text: string, hint: string): MeshwrightError {
  return new MeshwrightError([problem("unknown-source", `${text}: templates come from ${KINDS}`, { hint })], "usage")
}

/** copier's short forms, spelled out. */
function forgeHint(forge: string, path: string): string {
  const host = /^(gl|gitlab)$/.test(forge)
    ? "gitlab.com"
    : /^(bb|bitbucket)$/.test(forge)
      ? "bitbucket.org"
      : "github.com"
  return /^[\w.-]+\/[\w./-]+/.test(path) ? `write git+https://${host}/${path}` : EXAMPLE
}

/**
 * What a project that stands at `version` of a source asks for when nobody names a version: what the source itself says
 * behind its @ (undefined), the branch that it follows, or else the newest (undefined).
 */
export function followedBy(text: string, version: string): string | undefined {
  const source = parseSource(text)
  if (source.kind !== "git" || source.wanted !== "") return undefined
  return isVersion(version) || isCommit(version) || version === "" ? undefined : version
}
