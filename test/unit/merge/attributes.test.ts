import { attributesFormat } from "../../../src/core/merge/formats/lines/attributes.ts"
import { describeFormat } from "./format-cases.ts"

describeFormat(attributesFormat, ".gitattributes", {
  "both append": [
    "* text=auto\n",
    "* text=auto\n*.png binary\n",
    "* text=auto\n*.sql linguist-detectable\n",
    "* text=auto\n*.sql linguist-detectable\n*.png binary\n",
  ],
  "the same line from both comes once": ["a x\n", "a x\nb y\nd z\n", "a x\nb   y\nc z\n", "a x\nb y\nc z\nd z\n"],
  "attributes of one pattern": [
    "*.sql text\n",
    "*.sql text eol=lf\n",
    "*.sql text linguist-language=SQL\n",
    "*.sql text eol=lf linguist-language=SQL\n",
  ],
  "an attribute changed beside an added one": [
    "*.sql text -diff\n",
    "*.sql text -diff eol=lf\n",
    "*.sql text diff\n",
    "*.sql text diff eol=lf\n",
  ],
  neighbours: ["a x\nb y\n", "a x=1\nb y\n", "a x\nb y=1\n", "a x=1\nb y=1\n"],
  "removed by the one, added by the other": ["a x\nb y\n", "a x\nb y\nc z\n", "a x\n", "a x\nc z\n"],
  "comments stay": ["a x\n", "# ours\na x\n", "a x\n# theirs\nb y\n", "# ours\na x\n# theirs\nb y\n"],
  "other attributes of the same files": [
    "a x\n",
    "a x\n*.sql text\n",
    "a x\n* eol=lf\n",
    "a x\n* eol=lf\n*.sql text\n",
  ],
  "the team's exception from a new rule": [
    "a x\n",
    "a x\n*.csv -text\n",
    "a x\n* text\n",
    "a x\n* text\n*.csv -text\n",
  ],
  "a new rule that the team's undoes": ["a x\n", "a x\n* text\n", "a x\n*.csv -text\n", null],
  "a new rule that the team's macro undoes": ["a x\n", "a x\n* binary\n", "a x\n*.csv text\n", null],
  "one attribute, two wishes": ["a x=1\nb\ty\n", "a x=2\nb\ty\n", "a x=3\nb\ty\n", null],
})
