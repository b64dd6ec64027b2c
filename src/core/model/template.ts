import type { AnswerValue } from "./answers.ts"
import type { RelPath } from "./path.ts"
import type { Tree } from "./tree.ts"

/** A template, and which state of it. */
export interface TemplateRef {
  /** As written in meshwright.yml: `builtin:domain`, `../templates/domain`, `git+https://host/x.git//sub`. */
  readonly source: string
  /** The version of the manifest, or for git the tag, branch or commit that was asked for. */
  readonly version: string
  /** What was really used: `commit:<sha>` for git, npm's integrity, else `sha256:<hash of the template's files>`. */
  readonly integrity: string
  /** The template that this one extends, as it was used. */
  readonly extends?: TemplateRef
}

/** Conditions are data, so that a tool can enumerate them. Several keys in one object must all hold. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly [question: string]: AnswerValue }

export type QuestionType = "input" | "select" | "checkbox" | "confirm" | "number" | "password" | "list"

export interface Choice {
  readonly value: string
  readonly label: string
  /** Offered, and accepted, only then. */
  readonly when?: Condition
}

export interface Question {
  readonly name: string
  readonly type: QuestionType
  readonly message: string
  /** Shown while the question is asked. */
  readonly help?: string
  /** May hold Handlebars over the answers before it. */
  readonly default?: AnswerValue
  /** Name of something that the surroundings may tell (see app/guesses.ts); wins over `default`. */
  readonly guess?: string
  /** Answers that matter, for `template lint` and `template test`. */
  readonly examples?: readonly AnswerValue[]
  readonly choices?: readonly Choice[]
  /** An earlier question with a list for an answer: its items are choices too, before those of `choices`. */
  readonly choices_from?: string
  readonly when?: Condition
  readonly validate?: Validation
  /** Never recorded. */
  readonly secret?: boolean
  /** Its answer, decided by a template that extends the question's: not asked, and not to be edited. */
  readonly fixed?: FixedAnswer
}

export interface FixedAnswer {
  /** May hold Handlebars as a default does. */
  readonly value: AnswerValue
  /** Name of the template that decided it. */
  readonly by: string
}

export interface Validation {
  /** A regular expression that an input, or each item of a list, must match. */
  readonly pattern?: string
  /** What to tell who does not match it. */
  readonly message?: string
  /** Texts that are refused although they match. */
  readonly not?: readonly string[]
  /** Lists of reserved words that are refused: sql, dbt, files (see answers/reserved-words.ts). */
  readonly reserved?: readonly string[]
  /** Earlier questions whose answer this one must not repeat. */
  readonly differs_from?: readonly string[]
  /** Length of a text, number of items, or size of a number. */
  readonly min?: number
  readonly max?: number
  /** A JSON Schema that the answer must fit; in template.yml also the path of a file with one. */
  readonly schema?: Readonly<Record<string, unknown>>
  /** Made of `schema` when the template is read: what is wrong with an answer, or undefined. */
  readonly misfit?: (value: AnswerValue) => string | undefined
}

/** merge: three-way. once: rendered at creation, the team's from then on. replace: the template's version wins. */
export type FilePolicy = "merge" | "once" | "replace"

export interface FileRule {
  /** A glob over rendered paths. */
  readonly path: string
  readonly mode?: FilePolicy
  readonly when?: Condition
  /** How this layer's file meets the one of the template that it extends: in its place (default), or merged into it. */
  readonly layer?: "replace" | "merge"
  /** Whether adopting an existing project creates it; absent: yes. */
  readonly adopt?: boolean
  /** What the template alone may set. */
  readonly locked?: LockRule
}

/** Content that the template alone may set: the whole file, or these keys of it. Dates are `YYYY-MM-DD`. */
export interface LockRule {
  readonly keys?: readonly string[]
  /** From this day on a deviation is a warning; without it, at once. */
  readonly warn_from?: string
  /** From this day on it is an error; without it, never. */
  readonly error_from?: string
  /** The policy's document: a path in the project, or an address. */
  readonly policy?: string
}

/** What belongs to a release. A template and those that it extends count their versions each for itself. */
export interface Released {
  readonly since: string
  /** Whose version `since` is: 0 or absent the template's own, 1 that of the one it extends, and so on. */
  readonly depth?: number
}

/** A file that has another path since a version of the template. */
export interface Rename extends Released {
  readonly from: string
  readonly to: string
}

/** A question that has another name since a version of the template: its answer goes along. */
export interface RenamedQuestion extends Released {
  readonly question: string
  readonly to: string
}

/** What a layer leaves out of the template that it extends: files, or keys of files. */
export interface DropRule {
  /** A glob over rendered paths. */
  readonly path: string
  readonly keys?: readonly string[]
}

/** A command that changes projects for a version of the template. It is code, and runs only where it is trusted. */
export interface Migration extends Released {
  /** The program and its arguments. */
  readonly run: readonly string[]
  /** What it does, told before it runs. */
  readonly description: string
  readonly when?: Condition
}

/** A command of the template's own tests. It is code, and runs only where it is trusted. */
export interface TestCommand {
  /** The program and its arguments. */
  readonly run: readonly string[]
  readonly when?: Condition
}

/** What `template test` tries besides what it finds itself. */
export interface TemplateTests {
  /** Run in each rendered project, in this order. */
  readonly commands: readonly TestCommand[]
  /** Sets of answers; what they leave out is answered by defaults. */
  readonly answers: readonly Readonly<Record<string, AnswerValue>>[]
}

/** Versions that an update never lowers, in more places than the usual ones; or, with `off`, not in these. */
export interface FloorRule {
  /** A glob over rendered paths. */
  readonly path: string
  /** Where in the file: the ends of key paths, `*` for any part of a key. Without keys every value, or line. */
  readonly keys?: readonly string[]
  readonly off?: boolean
}

/** How the items of a list are told apart when it is merged. */
export interface ListRule {
  /** A glob over rendered paths. */
  readonly path: string
  /** The end of the list's key path, `*` for any part of a key. */
  readonly list: string
  /** The key that names an item, or several that do so together. */
  readonly key?: string | readonly string[]
  /** set: every item stands for itself. ordered: order and neighbours count. atomic: only good as a whole. */
  readonly kind?: "set" | "ordered" | "atomic"
}

/** A project inside the one that a template makes (a mesh is made of them). Its own template, answers and lock. */
export interface ChildProject {
  /** Source; one that the template names by a folder is, once loaded, that folder of its own repository or disk. */
  readonly template: string
  /** Version of such a folder: that of the template which names it. */
  readonly version?: string
  /** Folder below this project; Handlebars over the answers, and `item` and `index` where for_each is given. */
  readonly path: string
  /** A list question: one project for each of its items. */
  readonly for_each?: string
  readonly answers: Readonly<Record<string, AnswerValue>>
}

/** A folder of files that several templates share; its questions come after the template's own. */
export interface Include {
  readonly part: string
  readonly when?: Condition
}

export interface Manifest {
  readonly name: string
  readonly version: string
  readonly description: string
  /** The question that NAME of `meshwright new KIND NAME` answers. */
  readonly named_by?: string
  readonly questions: readonly Question[]
  readonly derived: Readonly<Record<string, string>>
  readonly files: readonly FileRule[]
  readonly include: readonly Include[]
  readonly renames: readonly Rename[]
  readonly renamed_questions: readonly RenamedQuestion[]
  /** Versions of this very template that an update walks through, also where it goes further. */
  readonly stops: readonly string[]
  readonly migrations: readonly Migration[]
  /** Source of the template that this one is a layer on, with a version or range behind @. */
  readonly extends?: string
  /** Defaults of questions of the template that this one extends. */
  readonly defaults: Readonly<Record<string, AnswerValue>>
  /** Answers to such questions that are not asked, because this template decides them. */
  readonly fixed: Readonly<Record<string, AnswerValue>>
  readonly drop: readonly DropRule[]
  /** Ranges of versions that the template needs. */
  readonly requires?: { readonly meshwright?: string }
  readonly floor: readonly FloorRule[]
  readonly identity: readonly ListRule[]
  readonly projects: readonly ChildProject[]
  readonly test: TemplateTests
  /** What to do first in a new project: lines, rendered. */
  readonly next_steps: readonly string[]
  /** A Markdown file beside the manifest with a section for each release: what an update tells of what is new. */
  readonly notes?: string
}

/** The template's own files, or those of a part, which are rendered when its condition holds. */
export interface Layer {
  /** Name of the part; absent for the template itself. */
  readonly part?: string
  /** As in Released: which template of those that extend each other it belongs to. */
  readonly depth?: number
  readonly when?: Condition
  readonly files: Tree
}

/** A template as read, parts and what it extends merged in: everything that rendering needs, and nothing that needs the disk. */
export interface Template {
  readonly ref: TemplateRef
  /** Absolute path of the template's own folder, where its plopfile.js and the scripts of its migrations lie. */
  readonly folder: string
  readonly manifest: Manifest
  /** In the order in which they are laid upon each other: those of what it extends come first. */
  readonly layers: readonly Layer[]
  /** The template that this one extends. */
  readonly parent?: Template
  /** Text of the file that the manifest names as `notes`. */
  readonly notes?: string
}

/** What a template says of one of its releases. */
export interface ReleaseNote {
  /** Name of the template, where it is not the project's own but one that it extends. */
  readonly template?: string
  /** As in the heading, without a `v`. */
  readonly version: string
  /** Markdown, without the heading. */
  readonly text: string
}

/** One file of a rendered project. */
export interface RenderedFile {
  readonly path: RelPath
  /** Path in the template: the identity of a file whose rendered path depends on answers. */
  readonly origin: string
  /** Such paths of files that are merged into it (`layer: merge`). */
  readonly merged?: readonly string[]
  readonly policy: FilePolicy
  readonly mode: "644" | "755" | "link"
  readonly bytes: Uint8Array
  /** What of it the template alone may set. */
  readonly locked?: readonly LockRule[]
}

/** What a template renders for some answers, in path order. */
export type RenderedTree = ReadonlyMap<RelPath, RenderedFile>
