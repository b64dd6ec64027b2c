import type { AnswerValue } from "../core/model/answers.ts"
import type { Prompter } from "./ports/prompter.ts"

export interface PlatformOffer {
  readonly prompter: Prompter
  /** Folder of the platform package relative to the project, once somebody said that it be created. */
  accepted(): string | undefined
}

/**
 * A prompter that, where the question for the internal package is answered with none and none is in sight, offers to
 * create one beside the project.
 */
export function offerPlatform(prompter: Prompter, guesses: Readonly<Record<string, AnswerValue>>): PlatformOffer {
  let accepted: string | undefined
  return {
    accepted: () => accepted,
    prompter: {
      ...prompter,
      ask: async (question, suggestion, validate) => {
        const answer = await prompter.ask(question, suggestion, validate)
        const offered =
          question.guess === "platform_package" && answer === "none" && guesses["platform_package"] === undefined
        if (!offered) return answer
        if (!(await prompter.confirm("Create an internal package beside the project, in ../platform?", true)))
          return answer
        accepted = "../platform"
        return accepted
      },
    },
  }
}
