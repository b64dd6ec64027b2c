import type { ConflictStyle } from "../../core/merge/merge-input.ts"
import type { FileChange } from "../../core/model/change.ts"
import type { Conflict, ConflictKind, ObstacleKind } from "../../core/model/conflict.ts"
import { code } from "./markdown.ts"
import type { Paint } from "./paint.ts"

/** Where conflicts are and what they are about. */
export function conflictLines(changes: readonly FileChange[], paint: Paint): string[] {
  return changes
    .filter((change) => change.status === "conflict")
    .flatMap((change) =>
      (change.conflicts ?? []).map(
        (conflict) => `  ${paint("red", conflict.path)}${placeOf(conflict)}: ${conflictWords(conflict)}`,
      ),
    )
}

/** Where in its file a conflict is: what is there, and the line. */
function placeOf({ at, line }: Conflict): string {
  if (at === "") return ""
  return line === undefined || at.startsWith("lines ") ? `, ${at}` : `, ${at} (line ${line})`
}

const CONFLICTS: Readonly<Record<ConflictKind, string>> = {
  "both-changed": "you and the template changed the same place",
  "both-added": "you and the template added this file with other content",
  "modify-delete": "you changed it, the template removes it; it stays: delete it, or keep it as yours",
  "not-mergeable":
    "you and the template changed a file that has no lines to merge; yours stays, the template's is beside it as .theirs",
  "path-taken": "the template moves a file here, and there is one of yours; the template's is beside it as .theirs",
  blocked: "the template's file cannot be put there",
}

const OBSTACLES: Readonly<Record<ObstacleKind, string>> = {
  file: "a file of yours",
  folder: "a folder of yours",
  link: "a link of yours that leads to no folder of the project",
  other: "neither a file nor a folder",
}

/** What a conflict is about. */
export function conflictWords({ kind, path, blockedBy }: Conflict): string {
  if (blockedBy === undefined) return CONFLICTS[kind]
  return `${blockedBy.path} is ${OBSTACLES[blockedBy.kind]}: ${path} cannot be put there`
}

/** What to do about conflicts that are left. */
export function conflictAdvice(style: ConflictStyle, changes: readonly FileChange[]): string {
  const advice = style === "sidecar" ? SIDECAR_ADVICE : INLINE_ADVICE
  return [...adviceFor(changes, advice, BLOCKED_ADVICE), ABORT_ADVICE].join("\n")
}

/** The same for a merge request, in Markdown. */
export function conflictAdviceMarkdown(style: ConflictStyle, changes: readonly FileChange[]): string {
  const merged =
    style === "sidecar"
      ? `Yours is unchanged; the template's version is beside it as ${code("PATH.theirs")}. Take what you want, delete the ${code(".theirs")} file, and commit.`
      : `In the files, both versions stand between ${code("<<<<<<<")} and ${code(">>>>>>>")}: keep what is right, remove the markers, ${code("git add")} them and commit.`
  return adviceFor(changes, merged, BLOCKED_ADVICE).join("\n\n")
}

function adviceFor(changes: readonly FileChange[], merged: string, blocked: string): readonly string[] {
  const open = changes.filter(({ status }) => status === "conflict")
  const isBlocked = ({ reason }: FileChange): boolean => reason === "blocked"
  return [...(open.every(isBlocked) ? [] : [merged]), ...(open.some(isBlocked) ? [blocked] : [])]
}

const INLINE_ADVICE =
  "Edit them, remove the markers (<<<<<<< ||||||| ======= >>>>>>>), then `git add` and commit; `git mergetool` works too."
const SIDECAR_ADVICE =
  "Yours is unchanged; the template's version is beside it as PATH.theirs. Take what you want, delete the .theirs file, and commit."
const BLOCKED_ADVICE =
  "Move away what stands in the way, and `meshwright update` again; or name the template's file under update.keep in meshwright.yml to do without it."
const ABORT_ADVICE = "`meshwright update --abort` undoes the update."
