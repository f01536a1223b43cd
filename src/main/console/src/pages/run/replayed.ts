import { Refused } from '../../api/client'
import type { Replays } from '../../api/types'

/** What came of a replay as a refusal that names each payload that was left; undefined where all were taken. */
export function leftOut({ runs, refused, more, stopped }: Replays): Refused | undefined {
  if (refused.length === 0 && !more && !stopped) {
    return undefined
  }
  const done = `${runs.length} ${runs.length === 1 ? 'was' : 'were'} replayed, each in a run of its own`
  const left = refused.length === 0 ? '' : `; ${refused.length} could not be and ${refused.length === 1 ? 'stays' : 'stay'} as ${refused.length === 1 ? 'it is' : 'they are'}`
  const rest = stopped ? `; then it ended: ${stopped}` : more ? '; more are left, try again' : ''
  return new Refused(
    `${done}${left}${rest}${rest.endsWith('.') ? '' : '.'}`,
    202,
    undefined,
    refused.map(one => `${one.failedPayload}: ${one.reason}`),
  )
}
