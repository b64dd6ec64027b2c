import { codeownersFormat } from "../../../src/core/merge/formats/lines/codeowners.ts"
import { describeFormat } from "./format-cases.ts"

describeFormat(codeownersFormat, ".github/CODEOWNERS", {
  "both append rules: the template's come first": [
    "* @a\n",
    "* @a\n/seeds/ @s\n",
    "* @a\n/infra/ @p\n",
    "* @a\n/infra/ @p\n/seeds/ @s\n",
  ],
  "neighbouring rules": ["* @a\n/x/ @b\n", "* @a2\n/x/ @b\n", "* @a\n/x/ @b2\n", "* @a2\n/x/ @b2\n"],
  "the same rule from both comes once": [
    "* @a\n",
    "* @a\n/i/ @p\n/s/ @s\n",
    "* @a\n/i/  @p\n",
    "* @a\n/i/ @p\n/s/ @s\n",
  ],
  "a rule removed beside a new one": ["* @a\n/x/ @b\n", "* @a\n/x/ @b\n/y/ @c\n", "* @a\n", "* @a\n/y/ @c\n"],
  "owners of one rule: one of theirs, one of ours": [
    "* @a\n/x/ @b @c\n",
    "* @a\n/x/  @b @c @o # us\n",
    "* @t\n/x/ @b @t\n",
    "* @t\n/x/  @b @t @o # us\n",
  ],
  "the only owner replaced by theirs, one added by ours": ["* @a\n", "* @a @o\n", "* @t\n", "* @t @o\n"],
  "an owner that ours took out and theirs replaced": ["* @a @b\n", "* @b\n", "* @t @b\n", null],
  "no owner at all by ours": ["* @a\n/x/ @b\n", "* @a\n/x/\n", "* @a\n/x/ @t\n", null],
  "a comment on the line stays when owners change": [
    "/x/ @b\n/y/ @c\n",
    "/x/ @b # us\n/y/ @c\n",
    "/x/ @d\n/y/ @c\n",
    "/x/ @d # us\n/y/ @c\n",
  ],
  "a paragraph of theirs is not joined to a rule of ours": [
    "* @a\n",
    "* @a\n/s/ @s\n",
    "* @a\n\n# Infra\n/i/ @p\n",
    "* @a\n\n# Infra\n/i/ @p\n\n/s/ @s\n",
  ],
  "GitLab: rules into the same section": [
    "[Docs] @d\n*.md\n\n[Infra][2] @i\n/infra/\n",
    "[Docs] @d\n*.md\n/site/\n\n[Infra][2] @i\n/infra/\n",
    "[Docs] @d\n*.md\n/book/\n\n[Infra][2] @i\n/infra/\n",
    "[Docs] @d\n*.md\n/book/\n/site/\n\n[Infra][2] @i\n/infra/\n",
  ],
  "GitLab: both add a section": [
    "* @a\n\n[Docs]\n*.md @d\n",
    "* @a\n\n[Docs]\n*.md @d\n\n[Us]\n/u/ @u\n",
    "* @a\n\n[Docs]\n*.md @d\n\n[Infra]\n/i/ @i\n",
    "* @a\n\n[Docs]\n*.md @d\n\n[Infra]\n/i/ @i\n\n[Us]\n/u/ @u\n",
  ],
  "the team's specific rule stays behind the template's general one": [
    "* @a\n",
    "* @a\n/models/marts/ @m\n",
    "* @a\n/models/ @p\n",
    "* @a\n/models/ @p\n/models/marts/ @m\n",
  ],
  "owners changed by both": ["/x/ @b\n/y/ @y\n", "/x/ @c\n/y/ @y\n", "/x/ @d\n/y/ @y\n", null],
  "both add a pattern with other owners": ["* @a\n", "* @a\n/i/ @x\n", "* @a\n/i @y\n", null],
  "removed by the team, changed by the template": ["* @a\n/x/ @b\n", "* @a\n", "* @a\n/x/ @c\n", null],
  "removed by the template, changed by the team": ["* @a\n/x/ @b\n", "* @a\n/x/ @c\n", "* @a\n", null],
  "a rule of theirs that a later one of ours would undo": [
    "* @a\n",
    "* @a\n/models/ @m\n",
    "* @a\n/models/marts/ @g\n",
    null,
  ],
  "reordered by the team": [
    "* @a\n/x/ @b\n/y/ @c\n",
    "* @a\n/y/ @c\n/x/ @b\n",
    "* @a\n/x/ @b2\n/y/ @c\n/z/ @d\n",
    "* @a\n/y/ @c\n/z/ @d\n/x/ @b2\n",
  ],
  "a rule of theirs that comes before a general one of the reordered rules": [
    "/x/ @b\n* @a\n/y/ @c\n",
    "/x/ @b\n/y/ @c\n* @a\n",
    "/x/ @b\n* @a\n/y/ @c\n/z/ @d\n",
    null,
  ],
})
