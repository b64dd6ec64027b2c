import { CODEOWNERS_PLACES } from "./code-owners.ts"

/**
 * Other paths at which a project may have what a template brings at `path`: a second file would compete with the
 * first, or silence it, as .github/CODEOWNERS does with CODEOWNERS. In the order in which they are looked for.
 */
export function sameRole(path: string): readonly string[] {
  const slash = path.lastIndexOf("/") + 1
  const [folder, name] = [path.slice(0, slash), path.slice(slash)]
  const others = ROLES.filter((role) => role.includes(path)).flat()
  const besides = /^readme/i.test(name) ? READMES.map((each) => folder + each) : []
  const yaml = /\.ya?ml$/.exec(name)?.[0]
  const twin = yaml === undefined ? [] : [`${path.slice(0, -yaml.length)}${yaml === ".yml" ? ".yaml" : ".yml"}`]
  return [...new Set([...twin, ...others, ...besides])].filter((each) => each !== path)
}

const READMES = ["README.md", "README.rst", "README.txt", "README", "readme.md", "Readme.md"]

const ROLES: readonly (readonly string[])[] = [
  CODEOWNERS_PLACES,
  // Where the project says what Python packages it needs.
  ["requirements.txt", "pyproject.toml", "Pipfile", "environment.yml", "setup.py"],
  [".pre-commit-config.yaml", "prek.toml"],
  [".sqlfluff", ".sqlfluff.toml"],
  [".github/dependabot.yml", "renovate.json", "renovate.json5", ".github/renovate.json", ".renovaterc"],
]
