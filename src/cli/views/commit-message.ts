import type { UpdatePlan } from "../../app/update-project.ts"
import { summarise } from "../../core/plan/summarise.ts"
import { summaryText } from "./human.ts"

/** The message of the commit that holds an update: a title, what it brought, and what was decided on the way. */
export function commitMessage(plan: UpdatePlan, rebuildLock: boolean): string {
  const { template, newAnswers, decided, changes, secrets, steps } = plan
  const stops = steps.slice(0, -1).map((step) => step.template.ref.version)
  const assumed = Object.entries(newAnswers).map(([name, value]) => `${name}: ${secrets.hide(String(value))}`)
  const details = [
    `Template: ${template.ref.source}`,
    ...(stops.length > 0 ? [`By way of: ${stops.join(", ")}`] : []),
    `Files: ${summaryText(summarise(changes))}`,
    ...(assumed.length > 0 ? [`New questions, answered with their default: ${assumed.join(", ")}`] : []),
    ...(decided.length > 0 ? [`Both sides had changed these, and one was taken: ${decided.join(", ")}`] : []),
  ]
  return `${title(plan, rebuildLock)}\n\n${details.join("\n")}\n`
}

function title({ from, template }: UpdatePlan, rebuildLock: boolean): string {
  const { manifest, ref } = template
  if (rebuildLock) return `Rebuild meshwright.lock from template ${manifest.name} ${ref.version}`
  if (from.version === ref.version) return `Update project from template ${manifest.name} ${ref.version}`
  return `Update template ${manifest.name} ${from.version} → ${ref.version}`
}
