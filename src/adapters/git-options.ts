import type { SimpleGitOptions } from "simple-git"

// What names a repository, as git sets it for its hooks: ours is the one of the folder (git rev-parse --local-env-vars).
const OF_A_REPOSITORY = new Set([
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_COMMON_DIR",
  "GIT_DIR",
  "GIT_GRAFT_FILE",
  "GIT_IMPLICIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_INTERNAL_SUPER_PREFIX",
  "GIT_NAMESPACE",
  "GIT_NO_REPLACE_OBJECTS",
  "GIT_OBJECT_DIRECTORY",
  "GIT_PREFIX",
  "GIT_REPLACE_REF_BASE",
  "GIT_SHALLOW_FILE",
  "GIT_WORK_TREE",
])

/** The user's environment, without what names another repository than that of the folder. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_A_REPOSITORY.has(name)))
}

/**
 * git with the user's environment: who commits, how ssh is called, where passwords come from. simple-git takes all of
 * it away unless it is named.
 */
export function gitOptions(): Partial<SimpleGitOptions> {
  return {
    allowEnvironment: Object.keys(gitEnvironment()),
    // Its other way to notice the end of a command is a timer, which keeps the whole program waiting for 50 ms.
    completion: { onClose: true, onExit: false },
  }
}
