import { existsSync, readdirSync, realpathSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { packageFolder } from "../package-folder.ts"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import { parseSource, type TemplateSource } from "../../core/template/parse-source.ts"
import type { NewestVersion, Templates } from "../../app/ports/templates.ts"
import { type Fetching, fetchingOf, type FetchingOptions } from "./fetching.ts"
import { loadLayers, type LoadOwn } from "./load-layers.ts"
import { type OwnTemplate, readTemplate } from "./read-template.ts"

/** How templates are fetched, and the version of meshwright that reads them, which they may ask for. */
interface Loading extends Fetching {
  readonly running: string
}

/**
 * Templates from the package itself, from folders, from git and from npm.
 * @param running version of meshwright, which templates may ask for
 */
export function templateLoader(running: string, options: FetchingOptions = {}): Templates {
  const loading: Loading = { ...fetchingOf(options), running }
  return {
    load: (source, version, from, below) => {
      const loadOwn: LoadOwn = (each, wanted, at) => loadTemplate(parseSource(each), wanted, at, loading)
      return loadLayers(loadOwn, source, version, from, below)
    },
    newest: (source, version, from) => findNewest(parseSource(source), version, from, loading),
  }
}

async function loadTemplate(
  source: TemplateSource,
  version: string | undefined,
  from: string,
  fetching: Loading,
): Promise<OwnTemplate> {
  switch (source.kind) {
    case "builtin":
      return theOnlyVersion(await loadBuiltin(source.name), source.source, source.wanted, version)
    case "folder": {
      // A link that somebody named is where they want it; links of the template itself must stay inside.
      const named = resolve(from, source.path)
      const folder = existsSync(named) ? realpathSync(named) : named
      const template = await readTemplate(
        folder,
        dirname(folder),
        { source: source.path },
        await checks(fetching.running),
      )
      return theOnlyVersion(template, source.path, "", version)
    }
    case "git": {
      const { checkoutFromGit, findInGit } = await import("./git-template.ts")
      const state = await findInGit({ ...source, asked: version }, fetching)
      const folder = await checkoutFromGit(source.url, state, fetching)
      return readFetched(folder, source, state, `commit:${state.id}`, fetching.running)
    }
    case "npm": {
      const { findOnNpm, unpackFromNpm } = await import("./npm-template.ts")
      const request = { ...source, asked: version, from }
      const state = await findOnNpm(request, fetching)
      const { folder, integrity } = await unpackFromNpm(request, state, fetching)
      return readFetched(folder, source, state, integrity, fetching.running)
    }
  }
}

async function findNewest(
  source: TemplateSource,
  version: string | undefined,
  from: string,
  fetching: Loading,
): Promise<NewestVersion> {
  switch (source.kind) {
    case "git": {
      const { findInGit } = await import("./git-template.ts")
      const state = await findInGit({ ...source, asked: version }, fetching)
      return { ...newestOf(source, state), integrity: `commit:${state.id}` }
    }
    case "npm": {
      const { findOnNpm } = await import("./npm-template.ts")
      const { integrity, ...state } = await findOnNpm({ ...source, asked: version, from }, fetching)
      return { ...newestOf(source, state), ...(integrity === undefined ? {} : { integrity }) }
    }
    default:
      return (await loadTemplate(source, version, from, fetching)).ref
  }
}

type Fetched = Extract<TemplateSource, { readonly kind: "git" | "npm" }>
type State = Pick<NewestVersion, "version" | "beyond"> & { readonly pin?: string }

async function readFetched(
  folder: string,
  source: Fetched,
  state: State,
  integrity: string,
  running: string,
): Promise<OwnTemplate> {
  const ref = { source: recorded(source.source, state.pin), version: state.version, integrity }
  return readTemplate(join(folder, source.subfolder), folder, ref, await checks(running))
}

function newestOf({ source }: Fetched, { version, beyond, pin }: State): NewestVersion {
  return { source: recorded(source, pin), version, ...(beyond === undefined ? {} : { beyond }) }
}

/** A range stays in the source that a project records, and holds for its updates. */
function recorded(source: string, pin: string | undefined): string {
  return pin === undefined ? source : `${source}@${pin}`
}

/** A folder and the package itself hold one version: it has to be the one that is asked for. */
async function theOnlyVersion(
  template: OwnTemplate,
  source: string,
  wanted: string,
  asked: string | undefined,
): Promise<OwnTemplate> {
  const { version } = template.ref
  // Most often there is nothing to compare, and then no reason to load what compares.
  if (wanted === "" && (asked === undefined || asked === "" || asked === version)) return template
  const { pickVersion } = await import("../../core/template/pick-version.ts")
  const release = { version, id: version }
  const advice = "built-in templates have the version of the meshwright that brings them: npx meshwright@latest"
  const offer = { releases: [release], newest: release, named: () => undefined, keepsNames: false, names: [] }
  const isBuiltin = source.startsWith("builtin:")
  const { pin } = pickVersion({ ...offer, ...(isBuiltin ? { advice } : {}) }, wanted, asked, source)
  return { ...template, ref: { ...template.ref, source: recorded(template.ref.source, pin) } }
}

/** The package's own manifests are checked by its tests, not at every start. */
function loadBuiltin(name: string): Promise<OwnTemplate> {
  const templates = join(packageFolder(), "templates")
  if (!/^[a-z-]+$/.test(name) || !existsSync(join(templates, name, "template.yml"))) {
    const names = readdirSync(templates).filter((each) => existsSync(join(templates, each, "template.yml")))
    throw new MeshwrightError(
      [
        problem("no-template", `there is no built-in template ${JSON.stringify(name)}`, {
          hint: `there are: ${names.join(", ")}`,
        }),
      ],
      "usage",
    )
  }
  return readTemplate(join(templates, name), templates, { source: `builtin:${name}` })
}

async function checks(running: string) {
  const { manifestChecks } = await import("./check-schema.ts")
  return manifestChecks(running)
}
