import fc from "fast-check"
import { parse } from "yaml"
import { parseHcl } from "../../../src/core/merge/formats/hcl/parse-hcl.ts"
import { parseIni } from "../../../src/core/merge/formats/ini/parse-ini.ts"
import { parseSql } from "../../../src/core/merge/formats/sql/parse-sql.ts"
import { parseToml } from "../../../src/core/merge/formats/toml/parse-toml.ts"
import { DEFAULT_RULES } from "../../../src/core/merge/rules/merge-rules.ts"
import { relPathOf } from "../../../src/core/model/path.ts"

/** A file as projects have them, for each format: small, with what is hard to merge in it. */
export interface Sample {
  readonly path: string
  readonly text: string
  /** Lines to put in, as someone would. */
  readonly more: readonly string[]
  /** Throws for a text that is not of the format; formats that take any text have none. */
  readonly read?: (text: string) => unknown
}

const yaml = `# About this project.

name: sales
version: "1.10"
on-run-end: ["{{ grant() }}"]
vars: {start: 2020-01-01, zone: UTC}
models:
  sales:
    +materialized: view # cheap
    staging: &small
      +tags: [daily, "x"]
    marts:
      <<: *small
      +schema: marts
sources:
  - name: shop
    description: |
      All orders.
      And customers.
    tables:
      - name: orders
        columns:
          - name: id
            data_tests:
              - not_null
              - unique
      - name: customers
# the end
`

const json = `{
  "name": "sales",
  "recommendations": ["a.b", "c.d"],
  "settings": {
    "editor.rulers": [80, 120],
    "files": { "a": true, "b": null }
  },
  "tasks": [
    { "label": "run", "command": "dbt run" },
    {
      "label": "test",
      "command": "dbt test"
    }
  ]
}
`

const codeowners = `# Who reviews what.
*       @acme/platform

/models/    @acme/sales @acme/data
/models/staging/ @acme/data # raw
docs/ @acme/docs

[Infrastructure][2] @acme/ops
/infra/
/infra/prod/ @acme/sre
`

const ignore = `# dbt
target/
logs/
!logs/.gitkeep

# Python
*.pyc
.venv/
`

const requirements = `--index-url https://pypi.example.com/simple
# adapters
dbt-core[x]>=1.9,<2 ; python_version >= "3.9"
dbt_snowflake==1.9.1  # pinned
sqlfluff==3.0.7 \\
    --hash=sha256:abc \\
    --hash=sha256:def
-r other.txt
`

const hcl = `# State.
terraform {
  required_version = ">= 1.5"
  required_providers {
    snowflake = { source = "x/y", version = "1.0" }
  }
}

resource "snowflake_role" "sales" {
  name    = "SALES"
  comment = "Sales \${var.env}" # who
  grants  = ["select", "insert"]
  owners = [
    "a",
    "b", # second
  ]

  dynamic "grant" {
    for_each = { for k, v in var.grants : k => v }
    content {
      role = grant.value
    }
  }
  policy = <<-EOT
    line one
    line two
  EOT
}
`

const toml = `# Project.
[project]
name = "sales"
dependencies = ["dbt-core>=1.9", "sqlfluff"]

[tool.sqlfluff.core]
templater = "dbt" # slow
exclude_rules = [
  "L001",
  "L002", # later
]
text = """
one
two
"""

[[tool.x.index]]
name = "a"
url = { path = "b", tags = ["c"] }
`

const ini = `# Linting.
[sqlfluff]
dialect = snowflake
exclude_rules = L001, L002
sql_file_exts = .sql,.sql.j2

[sqlfluff:rules:capitalisation]
policy = lower
words =
    one,
    two
`

const markdown = `# Sales

Intro line.

## Set up

1. Install
2. Run \`dbt build\`

\`\`\`sh
# not a heading
dbt build
\`\`\`

{% docs orders %}
## inside
All orders.
{% enddocs %}

## Help

Ask.
`

const sql = `-- Helpers.
{% macro cents(column) %}
    round({{ column }} / 100, 2)
{% endmacro %}

{# two #}
{% macro limit(n) -%}
    {% if target.name == 'dev' %}limit {{ n }}{% endif %}
{%- endmacro %}

select
    id,
    {{ cents('amount') }} as amount
from {{ ref('orders') }}
`

export const SAMPLES: readonly Sample[] = [
  {
    path: "dbt_project.yml",
    text: yaml,
    more: ["new: 1", "      - name: extra", "    +enabled: true", "  other: [a, b]", "      Another line.", "# note"],
    read: (text) => parse(text, { logLevel: "error" }),
  },
  {
    path: "settings.json",
    text: json,
    more: ['  "new": 1,', '    "deep": {"a": [1, 2]},', '    { "label": "x" },', '  "list": [],', "    // why"],
    read: (text) => JSON.parse(text),
  },
  { path: "CODEOWNERS", text: codeowners, more: ["/new/ @acme/new", "*.sql @acme/sql", "[Docs]", "# note"] },
  { path: ".gitignore", text: ignore, more: ["new/", "!new/keep", "*.log", "# note"] },
  { path: "requirements.txt", text: requirements, more: ["new==1", "dbt-utils>=2 # why", "-r more.txt", "# note"] },
  {
    path: "main.tf",
    text: hcl,
    more: [
      '  new = "x"',
      '    "c",',
      "    line three",
      "  lifecycle {\n    x = 1\n  }",
      "# note",
      '  tags = { a = "b" }',
    ],
    read: parseHcl,
  },
  {
    path: "pyproject.toml",
    text: toml,
    more: ["new = 1", '  "L003",', "three", "[tool.new]\nx = 1", '[[tool.x.index]]\nname = "b"', "# note"],
    read: (text) => parseToml(text, DEFAULT_RULES.at(relPathOf("pyproject.toml"))),
  },
  {
    path: ".sqlfluff",
    text: ini,
    more: ["new = 1", "    three,", "[sqlfluff:new]\nx = 1", "# note"],
    read: (text) => parseIni(text, relPathOf(".sqlfluff")),
  },
  { path: "README.md", text: markdown, more: ["A line.", "## New", "3. Third", "```"] },
  {
    path: "macros/x.sql",
    text: sql,
    more: ["    extra,", "{% macro new() %}\n  1\n{% endmacro %}", "-- note"],
    read: parseSql,
  },
  { path: "notes.txt", text: markdown, more: ["A line.", "key: value"] },
]

export function isReadable({ read }: Sample, text: string): boolean {
  try {
    read?.(text)
    return true
  } catch {
    return false
  }
}

const USUAL = ["value", "value", "cut", "add", "add"] as const
const ODD = ["copy", "swap"] as const

/** Edits as people make them: a value changed, a line taken out or put in; odd ones too: a line copied, two swapped. */
export function editsOf({ more }: Sample, odd = true): fc.Arbitrary<(text: string) => string> {
  const edit = fc.record({
    how: fc.constantFrom(...USUAL, ...(odd ? ODD : [])),
    at: fc.nat(60),
    to: fc.nat(60),
    line: fc.constantFrom(...more),
    word: fc.constantFrom("us", "9", "true"),
  })
  return fc.array(edit, { minLength: 1, maxLength: 4 }).map((edits) => (text) => {
    const lines = text.split("\n").slice(0, -1)
    for (const { how, at, to, line, word } of edits) {
      if (lines.length === 0) break
      const [place, other] = [at % lines.length, to % lines.length]
      if (how === "value") lines[place] = lines[place]!.replace(/\w+(?=\W*$)/, word)
      if (how === "cut") lines.splice(place, 1)
      if (how === "add") lines.splice(place, 0, ...line.split("\n"))
      if (how === "copy") lines.splice(other, 0, lines[place]!)
      if (how === "swap") [lines[place], lines[other]] = [lines[other]!, lines[place]!]
    }
    return lines.map((line) => `${line}\n`).join("")
  })
}
