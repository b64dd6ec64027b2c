import { sqlFormat } from "../../../src/core/merge/formats/sql/sql.ts"
import { describeFormat } from "./format-cases.ts"

const macro = (name: string, body = "select 1") => `{% macro ${name}() %}\n    ${body}\n{% endmacro %}\n`

describeFormat(sqlFormat, "macros/utils.sql", {
  "both append macros": [
    macro("a"),
    `${macro("a")}\n${macro("o")}`,
    `${macro("a")}\n${macro("t")}`,
    `${macro("a")}\n${macro("t")}\n${macro("o")}`,
  ],
  "comments come along with their macro": [
    macro("a"),
    `${macro("a")}\n-- ours\n${macro("o")}`,
    `${macro("a")}\n{#\n  theirs, not {% macro x() %}\n#}\n${macro("t")}`,
    `${macro("a")}\n{#\n  theirs, not {% macro x() %}\n#}\n${macro("t")}\n-- ours\n${macro("o")}`,
  ],
  "one macro from both, in two places": [
    macro("a"),
    `${macro("n")}\n${macro("a")}`,
    `${macro("a")}\n${macro("n")}`,
    `${macro("n")}\n${macro("a")}`,
  ],
  "one name, two macros, far apart": [
    macro("a"),
    `${macro("n")}\n${macro("a")}`,
    `${macro("a")}\n${macro("n", "select 2")}`,
    null,
  ],
  "neighbouring macros": [
    macro("a") + macro("b"),
    macro("a", "select 2") + macro("b"),
    macro("a") + macro("b", "select 3"),
    macro("a", "select 2") + macro("b", "select 3"),
  ],
  "one line, two wordings": [macro("a"), macro("a", "select 2"), macro("a", "select 3"), null],
  "a macro that theirs removed and ours changed": [
    `${macro("a")}\n${macro("b")}`,
    `${macro("a")}\n${macro("b", "select 2")}`,
    macro("a"),
    null,
  ],
  "a materialization of two adapters": [
    "{% materialization m, default %}\n1\n{% endmaterialization %}\n",
    "{% materialization m, default %}\n1\n{% endmaterialization %}\n{% materialization m, adapter='a' %}\n2\n{% endmaterialization %}\n",
    "{% materialization m, default %}\n1\n{% endmaterialization %}\n{% materialization m, adapter='b' %}\n3\n{% endmaterialization %}\n",
    "{% materialization m, default %}\n1\n{% endmaterialization %}\n{% materialization m, adapter='b' %}\n3\n{% endmaterialization %}\n{% materialization m, adapter='a' %}\n2\n{% endmaterialization %}\n",
  ],
  "a query": [
    "{{ config(materialized='view') }}\n\nselect\n  a\nfrom b\n",
    "{{ config(materialized='table') }}\n\nselect\n  a\nfrom b\n",
    "{{ config(materialized='view') }}\n\nselect\n  a\nfrom c\n",
    "{{ config(materialized='table') }}\n\nselect\n  a\nfrom c\n",
  ],
})
