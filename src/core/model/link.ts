import { pathProblem } from "./path.ts"

/** What is wrong with where a symbolic link at `path` points to: out of the project (or it is absolute), or into .git. */
export function linkProblem(path: string, target: string): "leaves-root" | "inside-git" | undefined {
  if (target.startsWith("/") || /^[a-zA-Z]:/.test(target) || target.includes("\\")) return "leaves-root"
  const reached = path.split("/").slice(0, -1)
  for (const segment of target.split("/")) {
    if (segment === "..") {
      if (reached.pop() === undefined) return "leaves-root"
    } else if (segment !== "." && segment !== "") reached.push(segment)
  }
  return reached.some((segment) => pathProblem(segment) === "inside-git") ? "inside-git" : undefined
}
