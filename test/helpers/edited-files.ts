import { parseAllDocuments } from "yaml"
import { parseHcl } from "../../src/core/merge/formats/hcl/parse-hcl.ts"
import { parseIni } from "../../src/core/merge/formats/ini/parse-ini.ts"
import { parseToml } from "../../src/core/merge/formats/toml/parse-toml.ts"
import { Unreadable, type Body } from "../../src/core/merge/outline/outline.ts"
import { DEFAULT_RULES } from "../../src/core/merge/rules/merge-rules.ts"
import { relPathOf } from "../../src/core/model/path.ts"
import { valuesOf } from "../../src/core/merge/outline/values.ts"

/** A file with edits that people make to it: a piece of its text, which is in it once, and what it becomes. */
export interface EditedFile {
  readonly path: string
  readonly text: string
  readonly edits: readonly (readonly [from: string, to: string])[]
  readonly isReadable: (text: string) => boolean
}

/** The text after some of the edits. One whose place an earlier one took away is left out. */
export function withEdits({ text, edits }: EditedFile, chosen: readonly number[]): string {
  return chosen.reduce((now, index) => now.replace(edits[index]![0], () => edits[index]![1]), text)
}

function isYaml(text: string): boolean {
  const documents = parseAllDocuments(text, { logLevel: "silent" })
  return Array.isArray(documents) && documents.every(({ errors }) => errors.length === 0)
}

function isJson(text: string): boolean {
  return isYaml(text) && !/,\s*[}\]]/.test(text)
}

/** Whether it is one of a format of entries, with no key twice. */
function readBy(parse: (text: string) => Body): (text: string) => boolean {
  return (text) => {
    try {
      valuesOf(parse(text), new Set())
      return true
    } catch (error) {
      if (error instanceof Unreadable) return false
      throw error
    }
  }
}

const lines = (...each: readonly string[]): string => each.map((line) => `${line}\n`).join("")

export const EDITED_FILES: readonly EditedFile[] = [
  {
    path: "models/schema.yml",
    isReadable: isYaml,
    text: lines(
      "version: 2",
      "",
      "models:",
      "  - name: orders",
      "    description: One row an order",
      "    config:",
      "      tags: [daily]",
      "    columns:",
      "      - name: order_id",
      "        data_tests:",
      "          - unique",
      "          - not_null",
      "      - name: amount",
      "        description: In euros",
      "",
      "  # who buys",
      "  - name: customers",
      "    description: One row a customer",
      "    columns:",
      "      - name: customer_id",
      "        data_tests:",
      "          - unique",
    ),
    edits: [
      ["One row an order", "One row an order line"],
      ["tags: [daily]", "tags: [daily, finance]"],
      ["      - name: amount\n", "      - name: amount\n        data_type: numeric\n"],
      ["In euros", "In euros, net"],
      ["        description: In euros\n", "        description: In euros\n      - name: ordered_at\n"],
      ["      tags: [daily]\n", "      tags: [daily]\n      meta:\n        owner: finance\n"],
      ["  # who buys\n", "  # who buys, and who did once\n"],
      ["One row a customer", "One row a person"],
      [
        "          - unique\n          - not_null\n",
        "          - unique\n          - not_null\n          - positive\n",
      ],
      ["version: 2\n", "version: 2\n\ngroups:\n  - name: finance\n"],
      ["  - name: customers\n", "  - name: products\n    description: What is sold\n\n  - name: customers\n"],
      ["    columns:\n      - name: customer_id\n", "    access: public\n    columns:\n      - name: customer_id\n"],
      ["      - name: amount\n        description: In euros\n", ""],
    ],
  },
  {
    path: ".github/workflows/ci.yml",
    isReadable: isYaml,
    text: lines(
      "name: ci",
      "on:",
      "  push:",
      "    branches: [main]",
      "env:",
      "  TARGET: ci",
      "  THREADS: 4",
      "jobs:",
      "  build:",
      "    runs-on: ubuntu-22.04",
      "    steps:",
      "      - uses: actions/checkout@v4",
      "      - uses: actions/setup-python@v5",
      "        with:",
      '          python-version: "3.11"',
      "      - name: Build",
      "        run: |",
      "          dbt deps",
      "          dbt build",
      "          dbt docs generate",
    ),
    edits: [
      ["branches: [main]", "branches: [main, next]"],
      ["THREADS: 4", "THREADS: 8"],
      ["  TARGET: ci\n", "  SCHEMA: pr\n  TARGET: ci\n"],
      ["ubuntu-22.04", "ubuntu-24.04"],
      ["checkout@v4", "checkout@v5"],
      ["setup-python@v5", "setup-python@v6"],
      ['"3.11"', '"3.12"'],
      ["      - name: Build\n", "      - uses: actions/cache@v4\n      - name: Build\n"],
      ["dbt deps", "dbt deps --upgrade"],
      ["dbt docs generate\n", "dbt docs generate\n          dbt --version\n"],
      ["jobs:\n", "permissions:\n  contents: read\njobs:\n"],
      ["    steps:\n", "    timeout-minutes: 30\n    steps:\n"],
    ],
  },
  {
    path: "package.json",
    isReadable: isJson,
    text: lines(
      "{",
      '  "name": "site",',
      '  "version": "1.0.0",',
      '  "scripts": {',
      '    "build": "make",',
      '    "lint": "check .",',
      '    "test": "run"',
      "  },",
      '  "files": [',
      '    "dist",',
      '    "README.md"',
      "  ],",
      '  "dependencies": {',
      '    "one": "^1.0.0",',
      '    "two": "^2.0.0"',
      "  }",
      "}",
    ),
    edits: [
      ['"1.0.0",\n  "scripts"', '"1.1.0",\n  "scripts"'],
      ['"make"', '"make all"'],
      ['    "lint": "check .",\n', '    "format": "lay out",\n    "lint": "check .",\n'],
      ['"run"', '"run all"'],
      ['    "dist",\n', '    "bin",\n    "dist",\n'],
      ['    "README.md"\n', '    "README.md",\n    "LICENSE"\n'],
      ['"^1.0.0"', '"^1.2.0"'],
      ['"^2.0.0"\n', '"^2.0.0",\n    "zed": "^3.0.0"\n'],
      ['  "dependencies": {', '  "license": "MIT",\n  "dependencies": {'],
      ['    "lint": "check .",\n', ""],
    ],
  },
  {
    path: "pyproject.toml",
    isReadable: readBy((text) => parseToml(text, DEFAULT_RULES.at(relPathOf("pyproject.toml")))),
    text: lines(
      "[project]",
      'name = "tools"',
      'version = "1.0"',
      "dependencies = [",
      '    "dbt-core>=1.9",',
      '    "pyyaml",',
      "]",
      "",
      "[tool.ruff]",
      "line-length = 100",
      "",
      "# how tests run",
      "[tool.pytest]",
      'paths = ["tests"]',
      "strict = true",
    ),
    edits: [
      ['version = "1.0"', 'version = "1.1"'],
      ["dbt-core>=1.9", "dbt-core>=1.10"],
      ['    "pyyaml",\n', '    "pyyaml",\n    "requests",\n'],
      ['name = "tools"\n', 'name = "tools"\ndescription = "Ours"\n'],
      ["line-length = 100\n", 'line-length = 100\ntarget = "py312"\n'],
      ["line-length = 100", "line-length = 120"],
      ["# how tests run", "# how all tests run"],
      ['paths = ["tests"]', 'paths = ["tests", "unit"]'],
      ["strict = true\n", "strict = true\n\n[tool.mypy]\nstrict = true\n"],
      ["[tool.ruff]\n", "[tool.black]\nfast = true\n\n[tool.ruff]\n"],
    ],
  },
  {
    path: ".sqlfluff",
    isReadable: readBy((text) => parseIni(text, relPathOf(".sqlfluff"))),
    text: lines(
      "[sqlfluff]",
      "templater = dbt",
      "dialect = duckdb",
      "max_line_length = 120",
      "",
      "[sqlfluff:indentation]",
      "tab_space_size = 4",
      "",
      "[sqlfluff:rules:aliasing.table]",
      "aliasing = explicit",
    ),
    edits: [
      ["dialect = duckdb", "dialect = postgres"],
      ["max_line_length = 120", "max_line_length = 100"],
      ["templater = dbt\n", "templater = dbt\nrunaway_limit = 10\n"],
      ["tab_space_size = 4\n", "tab_space_size = 4\nindent_unit = space\n"],
      ["tab_space_size = 4", "tab_space_size = 2"],
      ["aliasing = explicit\n", "aliasing = explicit\n\n[sqlfluff:rules:layout]\nkeep = all\n"],
      ["[sqlfluff:indentation]\n", "# as the editor does\n[sqlfluff:indentation]\n"],
      ["dialect = duckdb\n", ""],
    ],
  },
  {
    path: "infra/main.tf",
    isReadable: readBy(parseHcl),
    text: lines(
      "terraform {",
      '  required_version = ">= 1.5"',
      "}",
      "",
      'module "lake" {',
      '  source = "./modules/lake"',
      '  name   = "sales"',
      "  tags = {",
      '    team = "sales"',
      '    tier = "gold"',
      "  }",
      "}",
      "",
      'output "bucket" {',
      "  value = module.lake.bucket",
      "}",
    ),
    edits: [
      ['">= 1.5"', '">= 1.7"'],
      ['"./modules/lake"', '"../modules/lake"'],
      ['  name   = "sales"\n', '  name   = "sales"\n  region = "eu"\n'],
      ['tier = "gold"', 'tier = "silver"'],
      ['    team = "sales"\n', '    cost = "42"\n    team = "sales"\n'],
      ['output "bucket" {\n', 'output "bucket" {\n  description = "Where the data is"\n'],
      ["  value = module.lake.bucket\n}\n", '  value = module.lake.bucket\n}\n\noutput "name" {\n  value = "x"\n}\n'],
      ['module "lake" {\n', '# all tables\nmodule "lake" {\n'],
      ['output "bucket"', 'variable "stage" {\n  type = string\n}\n\noutput "bucket"'],
    ],
  },
  {
    path: "CODEOWNERS",
    isReadable: () => true,
    text: lines(
      "# owners",
      "* @platform",
      "",
      "/models/ @sales",
      "/macros/ @platform",
      "",
      "# infrastructure",
      "/infra/ @cloud",
    ),
    edits: [
      ["/models/ @sales", "/models/ @sales @data"],
      ["* @platform\n", "* @platform\n/seeds/ @sales\n"],
      ["/macros/ @platform\n", ""],
      ["/infra/ @cloud\n", "/infra/ @cloud\n/infra/prod/ @security\n"],
      ["# infrastructure", "# what runs it"],
      ["/macros/ @platform", "/macros/ @tools"],
    ],
  },
  {
    path: ".gitignore",
    isReadable: () => true,
    text: lines(
      "# dbt",
      "target/",
      "dbt_packages/",
      "logs/",
      "",
      "# python",
      ".venv/",
      "__pycache__/",
      "",
      "# editors",
      ".idea/",
    ),
    edits: [
      ["target/\n", "target/\ntarget-ci/\n"],
      ["logs/\n", "logs/\n*.log\n"],
      [".venv/\n", ".venv/\n.ruff_cache/\n"],
      ["__pycache__/\n", ""],
      [".idea/\n", ".idea/\n.vscode/\n"],
      ["# python", "# Python"],
    ],
  },
  {
    path: "requirements.txt",
    isReadable: () => true,
    text: lines("# dbt", "dbt-core==1.9.0", "dbt-duckdb==1.9.1", "", "# tools", "sqlfluff==3.2.0", "yamllint==1.35.0"),
    edits: [
      ["dbt-core==1.9.0", "dbt-core==1.9.4"],
      ["dbt-duckdb==1.9.1\n", "dbt-duckdb==1.9.1\ndbt-postgres==1.9.0\n"],
      ["sqlfluff==3.2.0", "sqlfluff==3.3.0"],
      ["yamllint==1.35.0\n", "yamllint==1.35.0\nruff==0.8.0\n"],
      ["# tools", "# checks"],
      ["dbt-duckdb==1.9.1", "dbt-duckdb[s3]==1.9.1"],
    ],
  },
]
