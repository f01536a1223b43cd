/** Two parts of a list as one: what was answered later counts, and what is in the earlier answer alone stays. */
export function joined<T>(earlier: T[], later: T[], id: (row: T) => string): T[] {
  const known = new Set(later.map(id))
  return [...later, ...earlier.filter(row => !known.has(id(row)))]
}
