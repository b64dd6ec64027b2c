const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/**
 * Days from one day to another, both `YYYY-MM-DD`; negative where `to` is the earlier one. What is earlier needs no
 * function: it is the order of the texts.
 */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from)
}

function dayNumber(text: string): number {
  const [year = 0, month = 1, day = 1] = text.split("-").map(Number)
  const before = year - 1
  const months = MONTHS.slice(0, month - 1).reduce((sum, days) => sum + days, 0)
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400)
  return before * 365 + leapDays + months + (month > 2 && isLeap ? 1 : 0) + day
}
