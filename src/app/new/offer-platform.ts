import type { AnswerValue } from "../../core/model/answers.ts"
import type { Prompter } from "../ports/prompter.ts"

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
        // A package in ../platform is not where CI of a repository of its own looks: so such a project gets no workflow.
        prompter.say(
          "Models and macros that all domains share can be in an internal package. In ../platform it is for trying out, or for one\n" +
            "repository with both: a project in a repository of its own gets no CI with it, since CI would not find it there.",
        )
        if (!(await prompter.confirm("Create an internal package beside the project, in ../platform?", false)))
          return answer
        accepted = "../platform"
        return accepted
      },
    },
  }
}
