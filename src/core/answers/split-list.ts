/** The items of a list, as values from a file or as a text with commas; those in brackets, as in decimal(18,2), are no ends. */
export function splitList(raw: unknown): string[] {
  const items = (Array.isArray(raw) ? raw.map(String) : String(raw).split(/,(?![^(]*\))/)).map((item) => item.trim())
  return items.filter((item) => item !== "")
}
