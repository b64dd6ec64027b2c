import { envFormat, toolVersionsFormat } from "../../../src/core/merge/formats/lines/named-lines.ts"
import { describeFormat } from "./format-cases.ts"

describeFormat(envFormat, ".env.example", {
  "both append": ["A=1\n", "A=1\nOURS=1\n", "A=1\nTHEIRS=1\n", "A=1\nTHEIRS=1\nOURS=1\n"],
  neighbours: ["A=1\nB=1\n", "A=2\nB=1\n", "A=1\nB=2\n", "A=2\nB=2\n"],
  "a value beside additions": [
    "# who\nA=x\n",
    "# who\nA=x\n\n# ours\nO=1\n",
    '# who\nA="a b"\nT=\n',
    '# who\nA="a b"\nT=\n\n# ours\nO=1\n',
  ],
  "a comment of ours behind the value": ["A=1\nB=1\n", "A=1 # why\nB=1\n", "A=2\nB=1\n", "A=2 # why\nB=1\n"],
  "the same from both comes once": ["A=1\n", "A=1\nN=1\nO=1\n", "A=1\nexport N=1\n", "A=1\nN=1\nO=1\n"],
  "removed beside an addition": ["A=1\nB=1\n", "A=1\nB=1\nC=1\n", "A=1\n", "A=1\nC=1\n"],
  "one name, two values": ["A=1\n", "A=2\n", "A=3\n", null],
  "both add it, differently": ["A=1\nB=1\n", "A=1\nN=1\nB=1\n", "A=1\nB=1\nN=2\n", null],
  "changed by ours, removed by theirs": ["A=1\nB=1\n", "A=1\nB=2\n", "A=1\n", null],
  "several lines in quotes: by lines": ['A="x\ny"\nB=1\n', 'A="x\nz"\nB=1\n', 'A="x\ny"\nB=2\n', null],
})

describeFormat(toolVersionsFormat, ".tool-versions", {
  "both append": [
    "python 3.11.4\n",
    "python 3.11.4\nnodejs 20\n",
    "python 3.11.4\ntofu 1.9\n",
    "python 3.11.4\ntofu 1.9\nnodejs 20\n",
  ],
  neighbours: ["a 1\nb 1\n", "a 2\nb 1\n", "a 1\nb 2 1\n", "a 2\nb 2 1\n"],
  "aligned by ours": [
    "python 3.11\nb 1\n",
    "python   3.11\nb        1\n",
    "python 3.12\nb 1\n",
    "python   3.12\nb        1\n",
  ],
  "one tool, two wishes": ["a 1\n", "a 2\n", "a 3\n", null],
})
