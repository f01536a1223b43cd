import type { Again, Resynced } from '../../api/services'

/** What became of items that were to be sent again. */
export interface Outcome {
  again: number
  refused: number
  /** Why, of the first that were refused: a list of thousands is no reading matter. */
  reasons: Again[]
  /** False when it was not come to all of them. */
  whole: boolean
}

const MOST_REASONS = 50
/** Of a hundred items each. */
const MOST_CALLS = 100

/** Sends items again, part by part, until there are no more. */
export async function resyncAll(part: (after: string | undefined) => Promise<Resynced>): Promise<Outcome> {
  const outcome: Outcome = { again: 0, refused: 0, reasons: [], whole: true }
  let after: string | undefined
  for (let call = 0; call < MOST_CALLS; call++) {
    const done = await part(after)
    for (const item of done.data) {
      if (item.refused === null) {
        outcome.again++
      } else {
        outcome.refused++
        if (outcome.reasons.length < MOST_REASONS) {
          outcome.reasons.push(item)
        }
      }
    }
    if (done.next === null) {
      return outcome
    }
    after = done.next
  }
  return { ...outcome, whole: false }
}

/** References as somebody typed them: with commas, or one on a line. */
export function references(text: string): string[] {
  return [...new Set(text.split(/[\n,]/).map(one => one.trim()))].filter(one => one !== '')
}
