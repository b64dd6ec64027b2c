import nodePlop, { type NodePlopAPI, type PlopGenerator } from "node-plop"
import type { Answers, AnswerValue } from "../../core/model/answers.ts"
import { type Asked, askPrompts, type PlopPrompt } from "./ask-prompts.ts"
import type { RunMessage, ToChild, ToParent } from "./messages.ts"
import { runActions } from "./run-actions.ts"

// The process that a plopfile runs in: it sees a copy of the project and its own template, and nothing else that it need
// not. All that comes out of it is what it says here, and what it leaves in the copy.

const waiting: ((message: ToChild) => void)[] = []
process.on("message", (message: ToChild) => waiting.shift()?.(message))

function next(): Promise<ToChild> {
  return new Promise((resolve) => waiting.push(resolve))
}

function send(message: ToParent): void {
  process.send?.(message)
}

async function main(): Promise<void> {
  const open = await next()
  if (open.kind !== "open") return
  const plop = await nodePlop(open.file, { destBasePath: open.project, force: false })
  const names = plop.getGeneratorList()
  const running = next()
  send({ kind: "opened", generators: names.map(({ name, description }) => ({ name, description: description ?? "" })) })
  const message = await running
  if (message.kind === "run") send(await run(plop, message, open.project))
}

async function run(plop: NodePlopAPI, message: RunMessage, project: string): Promise<ToParent> {
  const generator = plop.getGenerator(message.generator)
  const { asked, isOpen, given } = await askAll(generator, message)
  const unused = Object.keys(given).filter((name) => !asked.questions.some((question) => question.name === name))
  // Prompts that come out of a function cannot all be known.
  for (const name of isOpen ? [] : unused.filter((each) => !asked.names.has(each))) {
    const hint = `its questions: ${[...asked.names].join(", ")}`
    asked.problems.push({
      code: "unknown-answer",
      message: `the generator ${message.generator} has no question ${JSON.stringify(name)}`,
      hint,
    })
  }
  if (asked.problems.length > 0) return { kind: "refused", problems: asked.problems }
  const answers = recordable(asked)
  const problems = await runActions(plop, generator, asked.data, project)
  if (problems.length > 0) return { kind: "refused", problems }
  return { kind: "ran", answers, assumed: asked.assumed, unused, questions: asked.questions }
}

async function askAll(generator: PlopGenerator, message: RunMessage) {
  const asked: Asked = { data: {}, assumed: {}, questions: [], problems: [], names: new Set() }
  const ask = message.canAsk
    ? async (
        question: Asked["questions"][number],
        suggestion: unknown,
        trouble: string | undefined,
      ): Promise<unknown> => {
        const answered = next()
        send({ kind: "ask", question, suggestion, ...(trouble === undefined ? {} : { trouble }) })
        const answer = await answered
        return answer.kind === "answer" ? answer.value : undefined
      }
    : undefined
  const { prompts } = generator
  let { given } = message
  const askThese = async (list: unknown): Promise<Record<string, unknown>> => {
    const each = (Array.isArray(list) ? list : [list]) as PlopPrompt[]
    const first = each[0]
    if (message.name !== undefined && first && asked.names.size === 0) {
      const other = given[first.name]
      if (other !== undefined && other !== message.name)
        asked.problems.push({
          code: "invalid-answer",
          message: `${first.name} is given twice`,
          hint: "leave one of them out",
        })
      given = { ...given, [first.name]: message.name }
    }
    await askPrompts(each, { ...message, given }, ask, asked)
    return asked.data
  }
  // A function gets inquirer, of which it uses `prompt`.
  if (typeof prompts === "function") Object.assign(asked.data, await prompts({ prompt: askThese } as never))
  else await askThese(prompts ?? [])
  return { asked, given, isOpen: typeof prompts === "function" }
}

/** The answers that a command line can repeat. */
function recordable({ data, questions }: Asked): Answers {
  const isPlain = (value: unknown): value is AnswerValue =>
    ["string", "number", "boolean"].includes(typeof value) ||
    (Array.isArray(value) && value.every((item) => typeof item === "string"))
  const entries = questions.map(({ name }) => [name, data[name]] as const)
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, AnswerValue] => isPlain(entry[1])))
}

main()
  .catch((error: unknown) => send({ kind: "failed", message: error instanceof Error ? error.message : String(error) }))
  // What the plopfile left running does not keep it alive.
  .finally(() => process.disconnect?.())
