/** The words of a name in any case: `salesOrders`, `sales-orders`, `Sales Orders` → ["sales", "orders"]. */
function words(name: string): string[] {
  return name
    .replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, "$1 $2")
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase())
}

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1)

export const snakeCase = (name: string): string => words(name).join("_")
export const kebabCase = (name: string): string => words(name).join("-")
export const dotCase = (name: string): string => words(name).join(".")
export const pathCase = (name: string): string => words(name).join("/")
export const constantCase = (name: string): string => words(name).join("_").toUpperCase()
export const pascalCase = (name: string): string => words(name).map(capital).join("")
export const titleCase = (name: string): string => words(name).map(capital).join(" ")
export const sentenceCase = (name: string): string => capital(words(name).join(" "))
export const lowerCase = (name: string): string => name.toLowerCase()
export const upperCase = (name: string): string => name.toUpperCase()

export function camelCase(name: string): string {
  const pascal = pascalCase(name)
  return pascal.slice(0, 1).toLowerCase() + pascal.slice(1)
}
