/** The items of a list, as values from a file or as a text with commas. */
export function splitList(raw: unknown): string[] {
  const items = (Array.isArray(raw) ? raw.map(String) : String(raw).split(",")).map((item) => item.trim())
  return items.filter((item) => item !== "")
}
