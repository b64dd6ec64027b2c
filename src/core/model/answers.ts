export type AnswerValue = string | number | boolean | readonly string[]

/** What a template's questions were told, by question name. */
export type Answers = Readonly<Record<string, AnswerValue>>

/** Where an answer came from; the order is the precedence, the strongest first. */
export type AnswerSource = "fixed" | "flag" | "file" | "prompt" | "environment" | "recorded" | "guess" | "default"
