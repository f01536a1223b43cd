/** A piece of a bar, from the bottom up; heights are parts of the whole. */
export interface Piece {
  kind: string
  value: number
  y: number
  height: number
}

/** Bars of stacked values, the highest of which fills the whole. */
export function bars(rows: Record<string, number>[], kinds: string[]): Piece[][] {
  const highest = Math.max(0, ...rows.map(row => sum(row, kinds)))
  return rows.map(row => {
    let below = 0
    return kinds
      .filter(kind => (row[kind] ?? 0) > 0)
      .map(kind => {
        const value = row[kind] ?? 0
        const height = value / highest
        below += height
        return { kind, value, y: 1 - below, height }
      })
  })
}

function sum(row: Record<string, number>, kinds: string[]): number {
  return kinds.reduce((all, kind) => all + (row[kind] ?? 0), 0)
}

/** Points of lines, as parts of the whole; what is not known is left out. */
export function line(values: (number | null)[], highest: number): [number, number][] {
  const last = Math.max(1, values.length - 1)
  return values.flatMap((value, at) => (value === null ? [] : [[at / last, highest > 0 ? 1 - value / highest : 1] as [number, number]]))
}
