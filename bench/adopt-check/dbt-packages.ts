import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs"
import { basename, join, resolve } from "node:path"
import { parse } from "yaml"

/** A package that a project needs, as dbt calls it, and whether it is the real one. */
export interface Installed {
  readonly name: string
  readonly real: boolean
}

/**
 * Puts the packages that a project names, and those that they name, into its dbt_packages: from folders where they are
 * checked out, else a stand-in with all the macros that the project calls, which do nothing.
 * @param sources checked out packages by the name of their dbt project
 */
export function installPackages(project: string, sources: ReadonlyMap<string, string>): readonly Installed[] {
  const target = join(project, installFolder(project))
  const done = new Map<string, Installed>()
  const open = namedIn(project)
  for (let wanted = open.shift(); wanted !== undefined; wanted = open.shift()) {
    mkdirSync(target, { recursive: true })
    if (wanted.local !== undefined) {
      // As dbt itself does it.
      const link = join(target, wanted.name)
      if (!existsSync(link)) symlinkSync(wanted.local, link)
      done.set(wanted.name, { name: wanted.name, real: true })
      continue
    }
    const names = [wanted.name, wanted.name.replace(/^dbt[-_]/, ""), wanted.name.replaceAll("-", "_")]
    const known = [...names, names[1]!.replaceAll("-", "_")].find((each) => sources.has(each))
    const name = known ?? wanted.name.replaceAll("-", "_")
    if (done.has(name)) continue
    const folder = join(target, name)
    if (known === undefined) standIn(project, folder, name)
    else {
      cpSync(sources.get(known)!, folder, {
        recursive: true,
        filter: (path) => !/[\\/](\.git|integration_tests[^\\/]*|dbt_packages)$/.test(path),
      })
      open.push(...namedIn(folder))
    }
    done.set(name, { name, real: known !== undefined })
  }
  return [...done.values()]
}

/** Checked out packages below folders, by their names. */
export function packagesIn(folders: readonly string[]): ReadonlyMap<string, string> {
  const all = folders.flatMap((folder) => [folder, ...readdirSync(folder).map((name) => join(folder, name))])
  return new Map(
    all.flatMap((folder) => {
      const name = nameOf(folder)
      return name === undefined ? [] : [[name, folder] as const]
    }),
  )
}

function nameOf(folder: string): string | undefined {
  const file = join(folder, "dbt_project.yml")
  return existsSync(file) ? /^name:\s*["']?(\w+)/m.exec(readFileSync(file, "utf8"))?.[1] : undefined
}

function installFolder(project: string): string {
  const text = readFileSync(join(project, "dbt_project.yml"), "utf8")
  return /^(?:packages-install-path|modules-path):\s*["']?([\w./-]+)/m.exec(text)?.[1] ?? "dbt_packages"
}

interface Named {
  readonly name: string
  /** Absolute folder of a package that is in the same repository. */
  readonly local?: string
}

function namedIn(project: string): Named[] {
  return ["packages.yml", "dependencies.yml"].flatMap((file) => {
    const path = join(project, file)
    if (!existsSync(path)) return []
    const { packages } = (parse(readFileSync(path, "utf8")) ?? {}) as { packages?: Record<string, string>[] | null }
    return (packages ?? []).flatMap((item): Named[] => {
      const local = item["local"] === undefined ? undefined : resolve(project, item["local"])
      const localName = local === undefined ? undefined : nameOf(local)
      if (local !== undefined) return localName === undefined ? [] : [{ name: localName, local }]
      const where = item["package"] ?? item["git"] ?? item["private"]
      return where === undefined ? [] : [{ name: basename(where.replace(/\.git$/, "")) }]
    })
  })
}

function standIn(project: string, folder: string, name: string): void {
  const calls = new Set<string>()
  for (const text of textsBelow(project))
    for (const [, macro] of text.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, "g"))) calls.add(macro!)
  const macros = [...calls].flatMap((macro) => [
    `{% macro ${macro.replace(/^test_/, "")}() %}{{ varargs }}{{ kwargs }}{% endmacro %}`,
    `{% macro test_${macro.replace(/^test_/, "")}() %}{{ varargs }}{{ kwargs }}{% endmacro %}`,
  ])
  mkdirSync(join(folder, "macros"), { recursive: true })
  writeFileSync(join(folder, "dbt_project.yml"), `name: ${name}\nversion: 1.0.0\nconfig-version: 2\n`)
  writeFileSync(join(folder, "macros", "all.sql"), `${macros.join("\n")}\n`)
}

function textsBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory())
      return /^(\.git|node_modules|dbt_packages|target)$/.test(entry.name) ? [] : textsBelow(path)
    return entry.isFile() && /\.(sql|ya?ml)$/.test(entry.name) ? [readFileSync(path, "utf8")] : []
  })
}
