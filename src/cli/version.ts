declare const MESHWRIGHT_VERSION: string

/** Version of this package. The build puts it in, so that --version reads no file. */
export const VERSION = typeof MESHWRIGHT_VERSION === "string" ? MESHWRIGHT_VERSION : "0.0.0-source"
