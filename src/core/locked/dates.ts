/** Days of the calendar, as `YYYY-MM-DD`: their order is the order of the texts. */
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Whether a text is a day that there is. */
export function isDate(text: string): boolean {
  const [year, month, day] = partsOf(text)
  if (year === undefined || month === undefined || day === undefined) return false
  const days = month === 2 && isLeap(year) ? 29 : (MONTHS[month - 1] ?? 0)
  return day >= 1 && day <= days
}

/** Days from one day to another; negative where `to` is the earlier one. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from)
}

function partsOf(text: string): readonly number[] {
  return DATE.exec(text)?.slice(1).map(Number) ?? []
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

function dayNumber(text: string): number {
  const [year = 0, month = 1, day = 1] = partsOf(text)
  const before = year - 1
  const months = MONTHS.slice(0, month - 1).reduce((sum, days) => sum + days, 0)
  const leapDay = month > 2 && isLeap(year) ? 1 : 0
  return (
    before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) + months + leapDay + day
  )
}
