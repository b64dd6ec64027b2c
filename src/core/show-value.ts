/** A value as text for people: a text as it is, nothing as empty, anything else as JSON. */
export function showValue(value: unknown): string {
  if (value === undefined || value === null) return ""
  return typeof value === "string" ? value : JSON.stringify(value)
}
