const HINTS: Readonly<Record<string, string>> = {
  ENOSPC: "free some disk space and run it again",
  EFBIG: "the file is larger than you may write here: raise the limit (ulimit -f)",
  EDQUOT: "your disk quota is used up: free some space and run it again",
  EACCES: "check who owns the project's files and folders, and that you may write there",
  EPERM: "check who owns the project's files and folders, and that they are not protected",
  EROFS: "the disk is mounted read-only",
  EBUSY: "close the program that uses the file, and run it again",
  EMFILE: "too many files are open on this machine: raise the limit (ulimit -n) or close something",
  EIO: "the disk reports a fault: check it before you go on",
}

/** An error of the operating system, as node throws it. */
interface SystemError extends Error {
  readonly code: string
}

export function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && "code" in error && typeof error.code === "string"
}

/** What to do about a system error. */
export function hintFor(error: SystemError): string {
  return HINTS[error.code] ?? "mend what the system reports, and run it again"
}
