import { rmSync } from "node:fs"
import { join } from "node:path"
import { meshwright, program } from "../scripts/setup/places.mjs"
import { execute } from "./execute.mjs"
import { makeCopierTemplate } from "./fixtures/copier-template.mjs"
import { checkUpdated, commitAs, meshwrightProjectFromGit, reset, tools } from "./fixtures/projects.mjs"
import { makeLargeMerge } from "./fixtures/large-merge.mjs"

const SIZES = [100, 1000, 10_000]
const node = process.execPath

/** The unit of all ratios. */
export const UNIT = "node -e 0"
const FROM_GIT = "meshwright update, 100 files, template in git"
// The largest of the built-in templates.
const LINT = "meshwright template lint builtin:domain"
const TEST = "meshwright template test builtin:domain, without dbt"
/** Cases that take seconds: only every fifth round has them. */
const SLOW = new Set(["copier", "cruft"])

/**
 * What is measured. prepare(folder) makes once, in an empty folder, what all runs of the case need, and returns the
 * command, where it runs, and what brings that place back to its state before a run. Only the command is timed. After the
 * first run, check() throws when the command has not done its work.
 */
export const cases = [
  { name: UNIT, prepare: (folder) => ({ command: [node, "-e", "0"], cwd: folder }) },
  { name: "meshwright --version", prepare: (folder) => ({ command: [node, meshwright, "--version"], cwd: folder }) },
  {
    name: "meshwright new, with git commit",
    prepare: (folder) => ({
      command: [node, meshwright, "new", "sales", "--yes"],
      cwd: folder,
      restore: () => rmSync(join(folder, "sales"), { recursive: true, force: true }),
      check: () => execute("git", ["rev-parse", "HEAD"], join(folder, "sales")),
    }),
  },
  {
    name: "copier copy of 100 files, no git",
    slow: true,
    prepare: (folder) => {
      makeCopierTemplate(join(folder, "template"), 100)
      return {
        command: [program("copier", "copier"), "copy", "--quiet", "--defaults", "template", "project"],
        cwd: folder,
        restore: () => rmSync(join(folder, "project"), { recursive: true, force: true }),
      }
    },
  },
  {
    name: LINT,
    prepare: (folder) => ({ command: [node, meshwright, "template", "lint", "builtin:domain"], cwd: folder }),
  },
  {
    name: TEST,
    prepare: (folder) => ({
      command: [node, meshwright, "template", "test", "builtin:domain", "--no-commands", "--quiet"],
      cwd: folder,
    }),
  },
  { name: FROM_GIT, prepare: prepareFromGit },
  ...SIZES.flatMap((size) => [
    ...Object.keys(tools).map((tool) => updateCase(tool, size)),
    { name: unchangedName(size), prepare: (folder) => prepareUnchanged(folder, size) },
  ]),
  { name: "git merge-file, 5,000 lines", prepare: (folder) => makeLargeMerge(folder).git },
  { name: "meshwright merge, 5,000 lines", prepare: (folder) => makeLargeMerge(folder).meshwright },
  { name: "meshwright merge, 5,000 lines, 11 times", prepare: (folder) => makeLargeMerge(folder, 11).meshwright },
]

/** Ratios and memory that have to be reached; `ratio` and `memory` look up a case, `median` in milliseconds. */
export const targets = [
  { of: "meshwright --version, to node", most: 1.5, value: ({ ratio }) => ratio("meshwright --version") },
  { of: "meshwright new, to node", most: 6, value: ({ ratio }) => ratio("meshwright new, with git commit") },
  ...SIZES.flatMap((size) => [
    {
      of: `${updateName("meshwright", size)}, to node`,
      most: 8,
      value: ({ ratio }) => ratio(updateName("meshwright", size)),
    },
    { of: `${unchangedName(size)}, to node`, most: 4, value: ({ ratio }) => ratio(unchangedName(size)) },
  ]),
  {
    of: "meshwright update, 10,000 files to 100",
    most: 1.2,
    value: ({ median }) => median(updateName("meshwright", 10_000)) / median(updateName("meshwright", 100)),
  },
  {
    // One merge more in a process that has merged already, to git's whole process: as the prototype was measured (95).
    of: "meshwright merge, 5,000 lines, to git merge-file",
    most: 40,
    value: ({ median }) =>
      (median("meshwright merge, 5,000 lines, 11 times") - median("meshwright merge, 5,000 lines")) /
      10 /
      median("git merge-file, 5,000 lines"),
  },
  {
    // A whole process that loads the merge and merges once, before anything is compiled, less what node itself takes.
    of: "the same, first merge of a process",
    most: 80,
    value: ({ median }) =>
      (median("meshwright merge, 5,000 lines") - median(UNIT)) / median("git merge-file, 5,000 lines"),
  },
  { of: `${LINT}, seconds`, most: 1, value: ({ median }) => median(LINT) / 1000 },
  { of: `${TEST}, seconds`, most: 10, value: ({ median }) => median(TEST) / 1000 },
  ...[updateName("meshwright", 10_000), "meshwright merge, 5,000 lines"].map((name) => ({
    of: `memory of ${name}, MB`,
    most: 150,
    value: ({ memory }) => memory(name),
  })),
]

function updateName(tool, size) {
  return `${tool === "git" ? "git merge" : `${tool} update`}, ${size.toLocaleString("en")} files`
}

function unchangedName(size) {
  return `meshwright update, ${size.toLocaleString("en")} files, no change`
}

/** A dozen files of a hundred that template and team both changed. */
function updateCase(tool, size) {
  const prepare = (folder) => {
    const { project, update } = tools[tool](folder, size)
    return {
      command: update,
      cwd: project,
      restore: () => reset(project, "before"),
      check: () => checkUpdated(project),
    }
  }
  return { name: updateName(tool, size), slow: SLOW.has(tool), prepare }
}

function prepareFromGit(folder) {
  const { project, update } = meshwrightProjectFromGit(folder, 100)
  const restore = () => {
    rmSync(join(process.env.XDG_CACHE_HOME, "meshwright"), { recursive: true, force: true })
    reset(project, "before")
  }
  return { command: update, cwd: project, restore, check: () => checkUpdated(project) }
}

function prepareUnchanged(folder, size) {
  const { project, update } = tools.meshwright(folder, size)
  execute(update[0], update.slice(1), project)
  commitAs(project, "after")
  return { command: update, cwd: project, restore: () => reset(project, "after"), check: () => checkUpdated(project) }
}
