import { expect, it } from "vitest"
import { remoteReason } from "../../../src/adapters/git-reason.ts"

const ADVICE = "Please make sure you have the correct access rights\nand the repository exists."

it.each([
  [
    "git's own words, without its advice",
    `fatal: '/t.git' does not appear to be a git repository\nfatal: Could not read from remote repository.\n\n${ADVICE}\n`,
    "'/t.git' does not appear to be a git repository; Could not read from remote repository",
  ],
  [
    "what ssh says before them",
    `** a banner **\n\nssh: Could not resolve hostname a\nfatal: Could not read from remote repository.\n\n${ADVICE}`,
    "ssh: Could not resolve hostname a; Could not read from remote repository",
  ],
  [
    "the first line in another language",
    "\nSchwerwiegend: kein Repository\n\nweiter\n",
    "Schwerwiegend: kein Repository",
  ],
  ["no git", "Error: spawn git ENOENT\n    at ChildProcess", "git is not installed, or not in PATH"],
])("a remote that cannot be read is told by %s", (_, output, reason) => {
  expect(remoteReason(new Error(output))).toBe(reason)
})
