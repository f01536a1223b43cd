import { expect, test } from 'vitest'
import type { Payload, RequestMade, Run } from '../../api/types'
import { timeline } from './timeline'

const at = (second: number) => new Date(Date.UTC(2026, 10, 30, 10, 0, second)).toISOString()
const run = {
  startedAt: at(0),
  endedAt: at(10),
  shapes: [
    { shape: 'pull', type: 'connection' },
    { shape: 'told', type: 'notify' },
  ],
} as Run
const payload = (shape: string, second: number) => ({ shape, at: at(second) }) as Payload
const request = (over: Partial<RequestMade>) =>
  ({ shape: 'pull', attempt: 1, method: 'GET', endpoint: 'orders.list', status: 200, error: null, at: at(1), tookMs: 1000, ...over }) as RequestMade

test('a shape works from the first payload that it saw to the last', () => {
  const { lanes } = timeline(run, [payload('told', 4), payload('told', 8), payload('told', 6)], [], 0)

  expect(lanes.map(lane => lane.shape)).toEqual(['pull', 'told'])
  expect(lanes[0]?.bars).toEqual([])
  expect(lanes[1]?.bars).toMatchObject([{ from: 0.4, to: 0.8, kind: 'work' }])
})

test('tells failed requests and tries again from the others', () => {
  const { lanes } = timeline(run, [], [request({ status: 503 }), request({ attempt: 2, at: at(5) })], 0)

  expect(lanes[0]?.bars.map(bar => bar.kind)).toEqual(['work', 'failed', 'retry'])
  expect(lanes[0]?.bars[0]).toMatchObject({ from: 0.1, to: 0.6 })
})

test('a run that was taken up again has what it did before it began anew', () => {
  const { begin, lanes } = timeline({ ...run, startedAt: at(6) }, [payload('told', 8)], [request({ at: at(0) })], 0)

  expect(new Date(begin).toISOString()).toBe(at(0))
  expect(lanes[0]?.bars.at(-1)).toMatchObject({ from: 0, to: 0.1 })
  expect(lanes[1]?.bars[0]?.from).toBe(0.8)
})

test('a run that goes on ends now', () => {
  const now = Date.parse(at(20))

  expect(timeline({ ...run, endedAt: null }, [payload('told', 10)], [], now).lanes[1]?.bars[0]?.from).toBe(0.5)
})

test('takes as many payloads as a run may have', () => {
  const many = Array.from({ length: 300_000 }, () => payload('told', 5))

  expect(() => timeline(run, many, [], 0)).not.toThrow()
})
