import { type Found, isRecord, type ReadYaml } from "./found.ts"

const PYTHON_PACKAGES = ["requirements.txt", "pyproject.toml", "Pipfile", "environment.yml"]
// Packages named dbt-… that are no adapters.
const NO_ADAPTERS = new Set([
  "core",
  "adapters",
  "common",
  "extractor",
  "semantic-interfaces",
  "loom",
  "coves",
  "project-evaluator",
])

/** The kind of warehouse: `type` in profiles.yml, else a Python package dbt-…. */
export function findAdapter(
  files: ReadonlyMap<string, string>,
  profile: string | undefined,
  readYaml: ReadYaml,
): readonly Found[] {
  return [...ofProfile(files.get("profiles.yml"), profile, readYaml), ...ofPackages(files)]
}

function ofProfile(text: string | undefined, profile: string | undefined, readYaml: ReadYaml): readonly Found[] {
  const profiles = readYaml(text ?? "")
  if (!isRecord(profiles)) return []
  const name = profile ?? Object.keys(profiles).find((key) => key !== "config")
  const found = name === undefined ? undefined : profiles[name]
  const outputs = isRecord(found) && isRecord(found["outputs"]) ? found["outputs"] : {}
  const target = isRecord(found) ? String(found["target"]) : ""
  // `{{ env_var('DBT_TARGET', 'dev') }}` names the usual one last.
  const usual = /['"]([^'"]+)['"]\s*\)?\s*\}\}/.exec(target)?.[1] ?? target
  const output = Object.hasOwn(outputs, usual) ? usual : Object.keys(outputs)[0]
  const chosen = output === undefined ? undefined : outputs[output]
  const type = isRecord(chosen) ? chosen["type"] : undefined
  return typeof type === "string" ? [{ value: type, where: `profiles.yml, ${name}.outputs.${output}.type` }] : []
}

function ofPackages(files: ReadonlyMap<string, string>): readonly Found[] {
  return PYTHON_PACKAGES.flatMap((file) =>
    [...(files.get(file) ?? "").matchAll(/(?:^|["'\s])dbt[-_]([a-z][a-z0-9-]*)/g)]
      .map(([, name]) => name!)
      .filter((name) => !NO_ADAPTERS.has(name))
      .map((value) => ({ value, where: file })),
  )
}
