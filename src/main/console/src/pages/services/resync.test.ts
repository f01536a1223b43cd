import { expect, test } from 'vitest'
import type { Resynced } from '../../api/services'
import { references, resyncAll } from './resync'

test('parts are sent again one behind the other, and refusals keep their reasons', async () => {
  const asked: (string | undefined)[] = []
  const parts: Resynced[] = [
    { data: [{ reference: '1', run: 'a', refused: null }], next: 'x' },
    { data: [{ reference: '2', run: null, refused: 'it was sent already' }], next: null },
  ]
  const outcome = await resyncAll(async after => {
    asked.push(after)
    return parts.shift()!
  })
  expect(asked).toEqual([undefined, 'x'])
  expect(outcome).toEqual({ again: 1, refused: 1, reasons: [{ reference: '2', run: null, refused: 'it was sent already' }], whole: true })
})

test('a list without an end is left at some time, and it is said', async () => {
  const item = { reference: '1', run: null, refused: 'no' }
  const outcome = await resyncAll(async () => ({ data: [item], next: 'on' }))
  expect([outcome.refused, outcome.reasons.length, outcome.whole]).toEqual([100, 50, false])
})

test('references are read from lines and from lists with commas, each once', () => {
  expect(references(' 1001, 1002\n1001\n\n A 7 ')).toEqual(['1001', '1002', 'A 7'])
})
