import { kebabCase, snakeCase } from "../render/case.ts"
import { organisationOf, ownerOf, PUBLIC_MAIL } from "../answers/organisation.ts"
import { CODEOWNERS_PLACES, ownersOf } from "./code-owners.ts"
import { findAdapter } from "./find-adapter.ts"
import { findCi, findGithub, findGithubTerraform } from "./find-ci.ts"
import { findPlatform } from "./find-packages.ts"
import { findInModels } from "./find-products.ts"
import type { Findings, Found, ReadYaml, Surroundings } from "./found.ts"
import { readDbtProject } from "./read-dbt-project.ts"

const MANIFEST = "dbt_project.yml"

/** What an existing project tells, by the `guess` names that questions of templates use. */
export function findAnswers(project: Surroundings, readYaml: ReadYaml): Findings {
  const { files, top, origin, folder } = project
  const dbt = readDbtProject(readYaml(files.get(MANIFEST) ?? ""))
  const inManifest = (key: string, ...values: readonly (Found["value"] | undefined)[]): readonly Found[] =>
    values.flatMap((value) => (value === undefined ? [] : [{ value, where: `${MANIFEST}, ${key}` }]))
  const owner = ownerOf(origin)
  const { owners, teams, mails } = findOwners(top, folder)
  const models = findInModels(files, project.models, readYaml)
  const email = [...models.email, ...mails]
  const isOwn = (url: string): boolean => owner !== undefined && ownerOf(url)?.toLowerCase() === owner.toLowerCase()
  return {
    domain: dbt.name === undefined ? [] : [...inManifest("name", dbt.name), ...inSnakeCase(dbt.name)],
    profile: inManifest("profile", dbt.profile),
    model_paths: files.has(MANIFEST) ? inManifest("model-paths", dbt.modelPaths) : [],
    adapter: findAdapter(files, dbt.profile, readYaml),
    organisation: [
      ...(owner === undefined ? [] : [{ value: kebabCase(owner), where: "git remote" }]),
      ...owners.flatMap(({ value, where }) => {
        const organisation = /^@([^/]+)\//.exec(String(value))?.[1]
        return organisation === undefined ? [] : [{ value: kebabCase(organisation), where }]
      }),
      ...email.flatMap(({ value, where }) => {
        const host = String(value).split("@")[1] ?? ""
        const organisation = PUBLIC_MAIL.test(`${host}.`) ? undefined : organisationOf(host)
        return organisation === undefined ? [] : [{ value: kebabCase(organisation), where }]
      }),
    ].filter(({ value }) => value !== ""),
    team: teams,
    email,
    ...findPlatform(files, isOwn, readYaml),
    product: models.product,
    ci: findCi(top.keys(), origin),
    github: findGithub(top.keys(), origin),
    github_terraform: findGithubTerraform(top),
    repository: [
      folder === ""
        ? { value: "own", where: "the project is at the top of its repository" }
        : { value: "shared", where: `the project is in ${folder}/ of its repository` },
    ],
    ...settings(dbt.values),
  }
}

/** The name as templates may want it, with what was changed. */
function inSnakeCase(name: string): readonly Found[] {
  const value = snakeCase(name)
  return value === name ? [] : [{ value, where: `${MANIFEST}, name: ${name} → ${value}` }]
}

/** Every setting of dbt_project.yml, for templates that ask for one: `dbt_project.vars.start_date`. */
function settings(values: unknown, path = "dbt_project"): Findings {
  if (typeof values === "object" && values !== null && !Array.isArray(values)) {
    const members = Object.entries(values as Readonly<Record<string, unknown>>)
    return Object.assign({}, ...members.map(([key, value]) => settings(value, `${path}.${key}`))) as Findings
  }
  const isList = Array.isArray(values) && values.every((item) => typeof item === "string")
  if (!isList && !["string", "number", "boolean"].includes(typeof values)) return {}
  return { [path]: [{ value: values as Found["value"], where: `${MANIFEST}, ${path.slice("dbt_project.".length)}` }] }
}

function findOwners(
  top: ReadonlyMap<string, string>,
  folder: string,
): { readonly owners: readonly Found[]; readonly teams: readonly Found[]; readonly mails: readonly Found[] } {
  const file = CODEOWNERS_PLACES.find((place) => top.has(place))
  const rule = file === undefined ? undefined : ownersOf(top.get(file) ?? "", folder)
  if (rule === undefined) return { owners: [], teams: [], mails: [] }
  const where = `${file}, line ${rule.line}`
  const names = rule.owners.filter((owner) => owner.startsWith("@"))
  const ofTeams = names.filter((name) => name.includes("/"))
  // Of several, nobody can say which one it is; people beside one team are its helpers.
  const teams = ofTeams.length > 0 ? ofTeams : names
  const mails = rule.owners.filter((owner) => !owner.startsWith("@"))
  return {
    owners: names.map((value) => ({ value, where })),
    teams: teams.length > 1 ? [] : teams.map((value) => ({ value, where })),
    mails: mails.map((value) => ({ value, where })),
  }
}
