import type { TestProgress } from "../../app/template-tools/test-template.ts"
import type { Paint } from "../views/paint.ts"

/** Tells on stderr how far a test is: one line that changes at a terminal, a line for each case elsewhere. */
export function testProgress({
  quiet,
  paint,
}: {
  readonly quiet: boolean
  readonly paint: Paint
}): TestProgress & { readonly end: () => void } {
  const { stderr } = process
  const isTerminal = stderr.isTTY
  let total = 0
  let failed = 0
  let open = false
  const show = (text: string): void => {
    if (quiet) return
    // ESC[K clears the rest of what the line held before.
    stderr.write(isTerminal ? `\r${text.slice(0, (stderr.columns ?? 80) - 1)}\u001B[K` : `${text}\n`)
    open = isTerminal
  }
  const end = (): void => {
    if (open) stderr.write("\r\u001B[K")
    open = false
  }
  return {
    begin: (cases, previous) => {
      total = cases
      const updates = previous === undefined ? "" : `, updates from ${previous.ref.version}`
      if (!isTerminal) show(`${cases} cases${updates}`)
    },
    done: ({ number, name, problems, milliseconds }, count) => {
      if (problems.length > 0) failed += 1
      const state = failed > 0 ? `${failed} failed ` : ""
      if (isTerminal) show(`[${bar(count / total)}] ${count}/${total} ${state}${shortened(name)}`)
      else
        show(
          `${count}/${total} ${problems.length > 0 ? paint("red", "FAIL") : "ok"} case ${number} (${Math.round(milliseconds)} ms): ${shortened(name)}`,
        )
    },
    end,
  }
}

/** Long answers are tried too, and say nothing here. */
function shortened(name: string): string {
  return name.replaceAll(/\S{41,}/g, (word) => `${word.slice(0, 40)}…`)
}

function bar(share: number): string {
  const full = Math.round(share * 20)
  return "#".repeat(full) + ".".repeat(20 - full)
}
