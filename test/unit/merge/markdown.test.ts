import { markdownFormat } from "../../../src/core/merge/formats/markdown/markdown.ts"
import { describeFormat } from "./format-cases.ts"

const readme = "# Finance\n\nIntro.\n\n## Setup\n\nRun it.\n"

describeFormat(markdownFormat, "README.md", {
  "both append sections": [
    readme,
    `${readme}\n## Ours\n\nWe.\n`,
    `${readme}\n## Theirs\n\nThey.\n`,
    `${readme}\n## Theirs\n\nThey.\n\n## Ours\n\nWe.\n`,
  ],
  "a section from each in the middle": [
    "# A\n\na\n\n# Z\n\nz\n",
    "# A\n\na\n\n# O\n\no\n\n# Z\n\nz\n",
    "# A\n\na\n\n# T\n\nt\n\n# Z\n\nz\n",
    "# A\n\na\n\n# T\n\nt\n\n# O\n\no\n\n# Z\n\nz\n",
  ],
  "a section from each at the top": [
    "# 1\n\na\n",
    "# 2\n\no\n\n# 1\n\na\n",
    "# 3\n\nt\n\n# 1\n\na\n",
    "# 3\n\nt\n\n# 2\n\no\n\n# 1\n\na\n",
  ],
  "neighbouring sections": ["# A\na\n# B\nb\n", "# A\na2\n# B\nb\n", "# A\na\n# B\nb2\n", "# A\na2\n# B\nb2\n"],
  "docs blocks": [
    "{% docs a %}\n# A\n{% enddocs %}\n",
    "{% docs a %}\n# A\n{% enddocs %}\n\n{% docs o %}\n# O\n{% enddocs %}\n",
    "{% docs a %}\n# A\n{% enddocs %}\n\n{% docs t %}\n# T\n{% enddocs %}\n",
    "{% docs a %}\n# A\n{% enddocs %}\n\n{% docs t %}\n# T\n{% enddocs %}\n\n{% docs o %}\n# O\n{% enddocs %}\n",
  ],
  "a heading that ours renamed, text that theirs changed": [
    readme,
    readme.replace("## Setup", "## Start"),
    readme.replace("Run it.", "Run it.\nTwice."),
    readme.replace("## Setup", "## Start").replace("Run it.", "Run it.\nTwice."),
  ],
  "comments in code are no headings": [
    "```sh\n# one\na\n```\n# H\nx\n",
    "```sh\n# one\na\n```\n# H\nx\n# O\no\n",
    "```sh\n# two\na\n```\n# H\nx\n# T\nt\n",
    "```sh\n# two\na\n```\n# H\nx\n# T\nt\n# O\no\n",
  ],
  "a section that theirs dropped beside a new one of ours": [
    "# A\na\n# B\nb\n",
    "# A\na\n# B\nb\n# O\no\n",
    "# A\na\n",
    "# A\na\n# O\no\n",
  ],
  "the same section from both": [
    readme,
    `${readme}\n## N\n\nn\n\n## Ours\n\no\n`,
    `${readme}\n## N\n\nn\n`,
    `${readme}\n## N\n\nn\n\n## Ours\n\no\n`,
  ],
  "one sentence, two wordings": [
    readme,
    readme.replace("Run it.", "Run it now."),
    readme.replace("Run it.", "Run it later."),
    null,
  ],
  "the same heading, two texts": [readme, `${readme}\n## N\n\nours\n`, `${readme}\n## N\n\ntheirs\n`, null],
  "a section dropped by theirs, changed by ours": [
    readme,
    readme.replace("Run", "Do run"),
    "# Finance\n\nIntro.\n",
    null,
  ],
  "items into one list": ["- a\n", "- a\n- o\n", "- a\n- t\n", "- a\n- t\n- o\n"],
  "neighbouring items, and new ones": [
    "- a\n- b\n- c\n",
    "- a\n- b2\n- c\n- o\n",
    "- a2\n- b\n- c\n- t\n",
    "- a2\n- b2\n- c\n- t\n- o\n",
  ],
  "one item changed by both": ["- a\n- b\n", "- a2\n- b2\n", "- a\n- b3\n", null],
  "an item that theirs dropped, and ours changed": ["- a\n- b\n", "- a2\n- b2\n", "- a\n", null],
  "items of other depth": ["- a\n", "- a\n  - o\n", "- a\n- t\n", null],
  "steps with numbers": ["1. a\n", "1. a\n2. o\n", "1. a\n2. t\n", null],
  "rows of a table": [
    "| k | v |\n| - | - |\n| a | 1 |\n| b | 1 |\n",
    "| k | v |\n| - | - |\n| a | 1 |\n| b | 2 |\n| o | 1 |\n",
    "| k | v |\n| - | - |\n| a | 2 |\n| b | 1 |\n| t | 1 |\n",
    "| k | v |\n| - | - |\n| a | 2 |\n| b | 2 |\n| t | 1 |\n| o | 1 |\n",
  ],
  "one new row, two values": ["| a | 1 |\n", "| a | 1 |\n| n | 1 |\n", "| a | 1 |\n| n | 2 |\n", null],
})
