import { requirementsFormat } from "../../../src/core/merge/formats/lines/requirements.ts"
import { describeFormat } from "./format-cases.ts"

describeFormat(requirementsFormat, "requirements.txt", {
  "neighbouring versions": ["a==1\nb==1\n", "a==2\nb==1\n", "a==1\nb==2\n", "a==2\nb==2\n"],
  "both append": ["a==1\n", "a==1\nours==1\n", "a==1\ntheirs==1\n", "a==1\ntheirs==1\nours==1\n"],
  "the same package, spelled in two ways": [
    "a==1\n",
    "a==1\ndbt_core==1.9\nx==1\n",
    "a==1\nDBT-Core == 1.9\n",
    "a==1\ndbt_core==1.9\nx==1\n",
  ],
  "comment of ours on a line of which theirs changes the version": [
    "a==1\nb\n",
    "a==1  # pinned\nb\n",
    "a==2\nb\n",
    "a==2  # pinned\nb\n",
  ],
  "removed by theirs beside a change of ours": ["a==1\nb==1\n", "a==1\nb==2\n", "b==1\n", "b==2\n"],
  "removed by ours beside a change of theirs": ["a==1\nb==1\n", "b==1\n", "a==1\nb==2\n", "b==2\n"],
  options: [
    "-r base.txt\na==1\n",
    "-r base.txt\n-r more.txt\na==1\n",
    "-r base.txt\na==2\n",
    "-r base.txt\n-r more.txt\na==2\n",
  ],
  hashes: [
    "a==1 \\\n    --hash=sha256:1\nb==1\n",
    "a==1 \\\n    --hash=sha256:1\nb==2\n",
    "a==3 \\\n    --hash=sha256:3\nb==1\n",
    "a==3 \\\n    --hash=sha256:3\nb==2\n",
  ],
  "markers make two lines of one package": [
    "a==1; python_version<'3.9'\na==2; python_version>='3.9'\nb\n",
    "a==1; python_version<'3.9'\na==2; python_version>='3.9'\nb==1\n",
    "a==1; python_version<'3.9'\na==3; python_version>='3.9'\nb\n",
    "a==1; python_version<'3.9'\na==3; python_version>='3.9'\nb==1\n",
  ],
  "reordered by ours": ["a==1\nb==1\nc==1\n", "c==1\na==1\nb==1\n", "a==1\nb==2\nc==1\n", "c==1\na==1\nb==2\n"],
  "extras of ours, another package from theirs": ["a==1\nb==1\n", "a[x]==1\nb==1\n", "a==1\nb==2\n", "a[x]==1\nb==2\n"],
  "one version, two wishes": ["a==1\nb==1\n", "a==2\nb==1\n", "a==3\nb==1\n", null],
  "added with other versions": ["a==1\n", "a==1\nb==1\n", "a==1\nc==1\nB==2\n", null],
  "removed by ours, changed by theirs": ["a==1\nb==1\n", "a==1\n", "a==1\nb==2\n", null],
  "the index changed by both": [
    "--index-url https://a\nx\n",
    "--index-url https://b\nx\n",
    "--index-url https://c\nx\n",
    null,
  ],
})
