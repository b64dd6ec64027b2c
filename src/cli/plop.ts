import { join, resolve } from "node:path"
import type { NodePlopAPI } from "node-plop"
import { generators } from "../../generators/index.ts"
import { gitAdapter } from "../adapters/git.ts"
import { inquirerPrompter } from "../adapters/inquirer-prompter.ts"
import { nodeFileSystem } from "../adapters/node-file-system.ts"
import { VERSION } from "./version.ts"
import { scratchAdapter } from "../adapters/scratch.ts"
import { templateLoader } from "../adapters/templates/load-template.ts"
import { planNew } from "../app/new/new-project.ts"
import type { Ports } from "../app/ports/ports.ts"
import { applyWrites } from "../app/transaction/apply-writes.ts"
import { writesOf } from "../core/plan/plan-project.ts"
import { isAlive } from "./run/session.ts"
import { today } from "./today.ts"

/**
 * Registers what `meshwright new` can create with plop: each generator's prompts are its template's questions, its
 * action is the pipeline (render, plan, apply, first commit). plop's own writing and rendering are not used: they write
 * file by file, escape what they render, and let an unknown name pass as empty text.
 */
export function registerGenerators(plop: NodePlopAPI): void {
  for (const { name, description, template } of generators) {
    plop.setGenerator(name, {
      description,
      // Answering is planning: what the prompts return is the plan that the action applies.
      prompts: async () => ({
        plan: await planNew(ports(), {
          source: template,
          cwd: resolve(plop.getDestBasePath()),
          flag: {},
          file: {},
          places: {},
          keepExisting: false,
        }),
      }),
      actions: [
        async (answers) => {
          const { plan } = answers as unknown as { plan: Awaited<ReturnType<typeof planNew>> }
          applyWrites(nodeFileSystem(), plan.root, writesOf(plan.changes), { pid: process.pid, isAlive })
          for (const { folder, only } of plan.repositories)
            await gitAdapter().initAndCommit(folder, `Create project from template ${name}`, only)
          return join(plan.root, plan.projects[0]?.folder ?? "")
        },
      ],
    })
  }
}

function ports(): Ports {
  return {
    fs: nodeFileSystem(),
    git: gitAdapter(),
    templates: templateLoader(VERSION),
    prompter: inquirerPrompter(),
    environment: process.env,
    scratch: scratchAdapter((text) => void process.stderr.write(`${text}\n`)),
    today: today(),
  }
}
