import { expect, it } from "vitest"
import { formatOf } from "../../../src/core/merge/formats/index.ts"
import { relPathOf } from "../../../src/core/model/path.ts"

it.each([
  [
    "yaml",
    ".gitlab-ci.yml",
    ".pre-commit-config.yaml",
    ".github/workflows/ci.yml",
    ".yamllint",
    ".prettierrc",
    "a.YML",
  ],
  [
    "json",
    "package.json",
    ".vscode/settings.json",
    "x.code-workspace",
    ".devcontainer/devcontainer.json",
    ".markdownlintrc",
  ],
  ["codeowners", "CODEOWNERS", ".github/CODEOWNERS", "docs/CODEOWNERS"],
  ["ignore", ".gitignore", ".dockerignore", ".sqlfluffignore", ".prettierignore", ".dbtignore", "a/.helmignore"],
  ["attributes", ".gitattributes", "seeds/.gitattributes"],
  ["requirements", "requirements.txt", "requirements-dev.in", "requirements/ci.txt", "constraints.txt"],
  ["env", ".env", ".env.example", ".env.ci", "docker/db.env", ".npmrc"],
  ["tool-versions", ".tool-versions"],
  ["hcl", "infra/main.tf", "infra/prod.tfvars", "terragrunt.hcl", ".terraform.lock.hcl"],
  ["toml", "pyproject.toml", "ruff.toml", "Pipfile"],
  ["ini", ".sqlfluff", "setup.cfg", "tox.ini", ".editorconfig", ".flake8", ".gitmodules"],
  ["markdown", "README.md", "models/_docs.md"],
  ["sql", "macros/x.sql", "models/a.SQL"],
  ["makefile", "Makefile", "infra/makefile", "common.mk"],
  ["text", "Dockerfile", "scripts/run.sh", "x.py", "LICENSE", ".python-version", ".envrc", "a.env.txt"],
])("%s merges its files", (name, ...paths) => {
  for (const path of paths) expect([path, formatOf(relPathOf(path)).name]).toEqual([path, name])
})
