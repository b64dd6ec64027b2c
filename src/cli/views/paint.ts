export type Colour = "red" | "green" | "yellow" | "cyan" | "dim" | "bold"

export type Paint = (colour: Colour, text: string) => string

const CODES: Readonly<Record<Colour, readonly [number, number]>> = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
  dim: [2, 22],
  bold: [1, 22],
}

/**
 * Colours for a stream: on a terminal, or with FORCE_COLOR (https://force-color.org); never with --no-color, nor with
 * NO_COLOR (https://no-color.org).
 */
export function makePaint(stream: { readonly isTTY?: boolean }, noColour: boolean): Paint {
  const { NO_COLOR: no, FORCE_COLOR: force } = process.env
  const on = !noColour && !no && (stream.isTTY === true || (force !== undefined && force !== "" && force !== "0"))
  return (colour, text) => (on ? `\u001b[${CODES[colour][0]}m${text}\u001b[${CODES[colour][1]}m` : text)
}
