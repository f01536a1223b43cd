import type { Payload, RequestMade, Run } from '../../api/types'

/** A stretch of time as parts of the whole, 0 to 1. */
export interface Bar {
  from: number
  to: number
  /** What people are told of it. */
  kind: 'work' | 'request' | 'retry' | 'failed'
  text: string
}

export interface Lane {
  shape: string
  type: string
  bars: Bar[]
}

export interface Timeline {
  begin: number
  end: number
  lanes: Lane[]
}

/**
 * When each shape worked, as far as it was written down: from the first payload that went in to the last that came out, with requests
 * on top.
 *
 * @param now ends what still runs
 */
export function timeline(run: Run, payloads: Payload[], requests: RequestMade[], now: number): Timeline {
  // A run that was taken up again has requests and payloads from before it began anew.
  const begin = min([
    time(run.startedAt ?? run.queuedAt),
    ...payloads.map(payload => time(payload.at)),
    ...requests.map(request => time(request.at)),
  ])
  const end = max([
    run.endedAt ? time(run.endedAt) : now,
    ...payloads.map(payload => time(payload.at)),
    ...requests.map(request => time(request.at) + request.tookMs),
    begin + 1,
  ])
  const part = (at: number) => Math.min(1, Math.max(0, (at - begin) / (end - begin)))
  const lanes = run.shapes.map(({ shape, type }) => {
    const times = payloads.filter(payload => payload.shape === shape).map(payload => time(payload.at))
    const calls = requests.filter(request => request.shape === shape)
    const starts = [...times, ...calls.map(call => time(call.at))]
    const ends = [...times, ...calls.map(call => time(call.at) + call.tookMs)]
    const bars: Bar[] = []
    if (starts.length > 0) {
      bars.push({ from: part(min(starts)), to: part(max(ends)), kind: 'work', text: 'between the first payload and the last' })
    }
    for (const call of calls) {
      bars.push({
        from: part(time(call.at)),
        to: part(time(call.at) + call.tookMs),
        kind: failed(call) ? 'failed' : call.attempt > 1 ? 'retry' : 'request',
        text: `${call.method} ${call.endpoint}, try ${call.attempt}: ${call.error ?? call.status}`,
      })
    }
    return { shape, type, bars }
  })
  return { begin, end, lanes }
}

export function failed(request: RequestMade): boolean {
  return request.error !== null || request.status >= 400
}

function time(at: string): number {
  return new Date(at).getTime()
}

// Not Math.min(...list): lists may be longer than a call takes arguments.
function min(list: number[]): number {
  return list.reduce((a, b) => Math.min(a, b), Infinity)
}

function max(list: number[]): number {
  return list.reduce((a, b) => Math.max(a, b), -Infinity)
}
