interface PinnedPlace {
  readonly path: RegExp
  /** Patterns of keys (see key-pattern.ts); without them every value or line of the file. */
  readonly keys?: readonly string[]
}

const PYTHON_PACKAGES = [
  "dependencies",
  "optional-dependencies.*",
  "dependency-groups.*",
  "requires",
  "requires-python",
]

/** Where versions usually are that somebody may have raised. */
export const PINNED: readonly PinnedPlace[] = [
  { path: /(?:^|\/)(?:packages|dependencies)\.ya?ml$/, keys: ["packages.version", "packages.revision"] },
  { path: /(?:^|\/)dbt_project\.ya?ml$/, keys: ["require-dbt-version"] },
  { path: /\.ya?ml$/, keys: ["image", "image.name"] },
  {
    path: /(?:^|\/)\.(?:github|gitea|forgejo)\/.*\.ya?ml$/,
    keys: ["uses", "with.*version", "with.version-*", "env.*_VERSION"],
  },
  {
    path: /(?:^|\/)\.gitlab(?:-ci(?:\.[\w.-]+)?|\/.*)\.ya?ml$/,
    keys: ["include.ref", "include.component", "variables.*_VERSION", "variables.*_VERSION.value"],
  },
  { path: /(?:^|\/)\.?azure-pipelines[\w.-]*\.ya?ml$/, keys: ["task", "versionSpec", "container", "vmImage", "ref"] },
  { path: /(?:^|\/)\.circleci\/.*\.ya?ml$/, keys: ["orbs.*"] },
  { path: /(?:^|\/)\.pre-commit-config\.ya?ml$/, keys: ["repos.rev", "additional_dependencies"] },
  { path: /(?:^|\/)package\.json$/, keys: ["*dependencies.*", "*Dependencies.*", "engines.*", "packageManager"] },
  { path: /(?:^|\/)devcontainer\.json$/, keys: ["image", "features.*.version"] },
  { path: /(?:^|\/)(?:(?:[\w.-]*requirements|constraints)[\w.-]*|requirements\/[\w.-]+)\.(?:txt|in)$/ },
  {
    path: /(?:^|\/)pyproject\.toml$/,
    keys: [...PYTHON_PACKAGES, "poetry.dependencies.*", "poetry.group.*.dependencies.*", "required-version"],
  },
  { path: /(?:^|\/)setup\.cfg$/, keys: ["options.install_requires", "options.python_requires", "extras_require.*"] },
  { path: /(?:\.(?:tf|tofu)|(?<!\.lock)\.hcl)$/, keys: ["version", "required_version", "source"] },
  { path: /(?:^|\/)(?:(?:[\w.-]+\.)?(?:Dockerfile|Containerfile)|(?:Dockerfile|Containerfile)\.[\w.-]+)$/ },
  { path: /(?:^|\/)\.(?:python|terraform|node|ruby|opentofu|tool)-versions?$|(?:^|\/)\.nvmrc$/ },
]
