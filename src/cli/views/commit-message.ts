import type { UpdatePlan } from "../../app/update/update-project.ts"
import { summarise } from "../../core/plan/summarise.ts"
import { layerVersions, raisedLayer } from "./layers.ts"
import { summaryText } from "./human.ts"

/** The message of the commit that holds an update: a title, what it brought, and what was decided on the way. */
export function commitMessage(plan: UpdatePlan, rebuildLock: boolean): string {
  const { template, newAnswers, decided, changes, secrets, steps } = plan
  const [, ...below] = layerVersions(plan)
  const ran = steps.flatMap(({ migrated }) => migrated.ran)
  const stops = steps.slice(0, -1).map((step) => step.template.ref.version)
  const assumed = Object.entries(newAnswers).map(([name, value]) => `${name}: ${secrets.hide(String(value))}`)
  const details = [
    `Template: ${template.ref.source}`,
    ...below.map(({ name, source, to }) => `Extends: ${name} ${to} (${source})`),
    ...(stops.length > 0 ? [`By way of: ${stops.join(", ")}`] : []),
    ...ran.map(({ since, description }) => `Migration ${since}: ${description}`),
    `Files: ${summaryText(summarise(changes))}`,
    ...(assumed.length > 0 ? [`New questions, answered with their default: ${assumed.join(", ")}`] : []),
    ...(decided.length > 0 ? [`Both sides had changed these, and one was taken: ${decided.join(", ")}`] : []),
  ]
  return `${title(plan, rebuildLock)}\n\n${details.join("\n")}\n`
}

function title(plan: UpdatePlan, rebuildLock: boolean): string {
  const { manifest, ref } = plan.template
  const raised = raisedLayer(plan)
  if (rebuildLock) return `Rebuild meshwright.lock from template ${manifest.name} ${ref.version}`
  if (raised === undefined) return `Update project from template ${manifest.name} ${ref.version}`
  const versions = `${raised.name} ${raised.from} → ${raised.to}`
  return `Update template ${raised.depth === 0 ? "" : `${manifest.name} ${ref.version}: `}${versions}`
}
