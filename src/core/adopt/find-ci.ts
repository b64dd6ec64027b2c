import type { Found } from "./found.ts"

const SYSTEMS: readonly (readonly [name: string, path: RegExp, host: RegExp])[] = [
  ["github", /^\.github\/workflows\/[^/]+\.ya?ml$/, /(^|\.)github\./],
  ["gitlab", /^\.gitlab-ci\.ya?ml$/, /(^|\.)gitlab\./],
  ["azure", /^(\.azuredevops\/|\.azure\/)?azure-pipelines[^/]*\.ya?ml$/, /(^|\.)(dev\.azure\.com|visualstudio\.com)$/],
  ["bitbucket", /^bitbucket-pipelines\.yml$/, /(^|\.)bitbucket\./],
  ["circleci", /^\.circleci\/config\.ya?ml$/, /^$/],
  ["jenkins", /^Jenkinsfile$/, /^$/],
  ["buildkite", /^\.buildkite\/pipeline\.ya?ml$/, /^$/],
]

/**
 * Which CI system the project uses: by its files (the git host's own first), else by the git host. Where there is a file
 * of a system that a template has nothing for, `none` fits: the project has a CI.
 */
export function findCi(paths: Iterable<string>, origin: string): readonly Found[] {
  const host = hostOf(origin)
  const all = [...paths].toSorted()
  const found = SYSTEMS.flatMap(([name, path, ofHost]) => {
    const file = all.find((each) => path.test(each))
    return file === undefined ? [] : [{ value: name, where: file, isHosts: ofHost.test(host) }]
  }).toSorted((a, b) => Number(b.isHosts) - Number(a.isHosts))
  if (found.length > 0) {
    const system = found.map(({ value, where }) => ({ value, where }))
    return [...system, { value: "none", where: `${found[0]!.where} is a CI of its own` }]
  }
  const [system] = SYSTEMS.find(([, , ofHost]) => host !== "" && ofHost.test(host)) ?? []
  return system === undefined
    ? [{ value: "none", where: "no CI found", isHint: true }]
    : [
        { value: system, where: `git remote, ${host}` },
        { value: "none", where: `git remote, ${host}` },
      ]
}

/** Whether the project is on GitHub, for what only makes sense there; nothing where neither remote nor CI tells. */
export function findGithub(paths: Iterable<string>, origin: string): readonly Found[] {
  const host = hostOf(origin)
  if (host !== "") return [{ value: /(^|\.)github\./.test(host), where: `git remote, ${host}` }]
  const [ci] = findCi(paths, "")
  return ci === undefined ? [] : [{ value: ci.value === "github", where: ci.where }]
}

/** Whether Terraform of the project's repository looks after GitHub already. */
export function findGithubTerraform(texts: ReadonlyMap<string, string>): readonly Found[] {
  const found = [...texts].find(
    ([path, text]) => path.endsWith(".tf") && /^\s*(resource|provider)\s+"github[_"]/m.test(text),
  )
  if (found !== undefined) return [{ value: true, where: found[0] }]
  return [{ value: false, where: "no Terraform for GitHub", isHint: true }]
}

/** The host in a git URL: git@host:acme/x.git, https://user@host:443/acme/x; empty where there is none. */
function hostOf(origin: string): string {
  const match = /^(?:[a-z+]+:\/\/(?:[^/@]*@)?([^/:]+)|(?:[^@/\s]+@)?([^/:\s]+):)/i.exec(origin)
  const host = (match?.[1] ?? match?.[2] ?? "").toLowerCase()
  return origin.startsWith("file:") || !host.includes(".") ? "" : host
}
