/**
 * Three releases of a company's template on top of `builtin:domain`: by version, the files that are other ones than in the
 * release before; `null` removes one. The migration of 2.0.0 is code.
 */
export const RELEASES: Readonly<Record<string, Readonly<Record<string, string | null>>>> = {
  "1.0.0": {
    "template.yml": `name: acme-domain
version: 1.0.0
description: A dbt project for one domain of Acme
extends: builtin:domain
notes: CHANGELOG.md
fixed: {organisation: acme}
defaults: {owner_email: "{{kebabCase domain}}@acme.example"}
drop: ["infra/**"]
questions:
  - {name: infra, default: false}
  - {name: cost_center, type: number, message: Cost centre, default: 1000, validate: {min: 1000, max: 9999}}
  - {name: chat_channel, type: input, message: Chat channel, default: "{{kebabCase domain}}-data"}
files:
  - {path: dbt_project.yml, layer: merge}
  - {path: .gitignore, layer: merge}
`,
    "CHANGELOG.md": "# Changelog\n\n## 1.0.0\n\n- The first release.\n",
    "files/dbt_project.yml.hbs": "vars:\n  {{domain}}:\n    cost_center: {{cost_center}} # who pays\n    region: eu\n",
    "files/.gitignore.hbs": ".acme/\n",
    "files/docs/runbook.md.hbs": `# Runbook of {{titleCase domain}}

Ask in {{chat_channel}}.

## When a build fails

1. Read the log of the job.
2. Run the model that failed.

## When a source is late

Tell the consumers.
`,
    "files/docs/policies/region.md": "# Region\n\nData stays where the law wants it.\n",
  },
  "1.1.0": {
    "CHANGELOG.md":
      "# Changelog\n\n## 1.1.0\n\n- The runbook tells whom to call.\n- Logs are kept out of git.\n\n## 1.0.0\n\n- The first release.\n",
    "files/.gitignore.hbs": ".acme/\nlogs/\n",
    "files/docs/runbook.md.hbs": `# Runbook of {{titleCase domain}}

Ask in {{chat_channel}}.

## When a build fails

1. Read the log of the job.
2. Run the model that failed.
3. Call who is on duty.

## When a source is late

Tell the consumers.
`,
  },
  "2.0.0": {
    "template.yml": `name: acme-domain
version: 2.0.0
description: A dbt project for one domain of Acme
extends: builtin:domain
notes: CHANGELOG.md
fixed: {organisation: acme}
defaults: {owner_email: "{{kebabCase domain}}@acme.example"}
drop: ["infra/**"]
questions:
  - {name: infra, default: false}
  - {name: cost_centre, type: number, message: Cost centre, default: 1000, validate: {min: 1000, max: 9999}}
files:
  - {path: .gitignore, layer: merge}
  - path: dbt_project.yml
    layer: merge
    locked: {keys: ["vars.*.region"], warn_from: 2026-09-01, error_from: 2026-10-01, policy: docs/policies/region.md}
renames:
  - {from: docs/runbook.md, to: docs/operations/runbook.md, since: 2.0.0}
  - {question: cost_center, to: cost_centre, since: 2.0.0}
migrations:
  - since: 2.0.0
    run: [node, migrations/rename-var.mjs, cost_center, cost_centre]
    description: the variable cost_center becomes cost_centre, in dbt_project.yml and in models
`,
    "CHANGELOG.md":
      "# Changelog\n\n## 2.0.0\n\n- The cost centre is spelled as everywhere else.\n\n## 1.1.0\n\n- The runbook tells whom to call.\n- Logs are kept out of git.\n\n## 1.0.0\n\n- The first release.\n",
    "migrations/rename-var.mjs": `import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"

const [from, to] = process.argv.slice(2)
const edit = (file, before, after) => writeFileSync(file, readFileSync(file, "utf8").replaceAll(before, after))

edit("dbt_project.yml", \`    \${from}:\`, \`    \${to}:\`)
for (const entry of readdirSync("models", { recursive: true, withFileTypes: true }))
  if (entry.name.endsWith(".sql")) edit(join(entry.parentPath, entry.name), \`var("\${from}")\`, \`var("\${to}")\`)
`,
    "files/dbt_project.yml.hbs": "vars:\n  {{domain}}:\n    cost_centre: {{cost_centre}} # who pays\n    region: eu\n",
    "files/docs/runbook.md.hbs": null,
    "files/docs/operations/runbook.md.hbs": `# Runbook of {{titleCase domain}}

Ask in the channel of the domain.

## When a build fails

1. Read the log of the job.
2. Run the model that failed.
3. Call who is on duty.

## When a source is late

Tell the consumers.
`,
  },
}
