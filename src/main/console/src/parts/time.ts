/** Times and amounts as people read them. */

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

export function duration(ms: number): string {
  if (ms < second) {
    return `${Math.round(ms)} ms`
  }
  if (ms < minute) {
    return `${(ms / second).toFixed(ms < 10 * second ? 1 : 0)} s`
  }
  if (ms < hour) {
    return `${Math.floor(ms / minute)} min ${Math.floor((ms % minute) / second)} s`
  }
  return `${Math.floor(ms / hour)} h ${Math.floor((ms % hour) / minute)} min`
}

/** How far away a time is, in one unit. */
export function distance(at: string, now: number): string {
  const ms = new Date(at).getTime() - now
  const size = Math.abs(ms)
  const [count, unit]: [number, string] =
    size < minute ? [size / second, 's'] : size < hour ? [size / minute, 'min'] : size < 2 * day ? [size / hour, 'h'] : [size / day, 'd']
  const text = `${Math.floor(count)} ${unit}`
  return ms > 0 ? `in ${text}` : `${text} ago`
}

/** Whole, in the time zone of the reader. */
export function moment(at: string): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
}

export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = count < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(count) / 3))
  const value = count / 1000 ** power
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`
}

export function count(number: number): string {
  return number.toLocaleString()
}
