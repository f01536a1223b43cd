import { expect, test } from 'vitest'
import { leftOut } from './replayed'

test('where all were taken there is nothing to tell', () => {
  expect(leftOut({ runs: ['r1'], refused: [], more: false, stopped: null })).toBeUndefined()
})

test('each payload that was refused is named with why', () => {
  const told = leftOut({ runs: ['r1'], refused: [{ failedPayload: 'f2', reason: 'its content is gone' }], more: false, stopped: null })
  expect(told?.message).toBe('1 was replayed, each in a run of its own; 1 could not be and stays as it is.')
  expect(told?.problems).toEqual(['f2: its content is gone'])
})

test('what kept it from going on is told', () => {
  expect(leftOut({ runs: ['r1', 'r2'], refused: [], more: true, stopped: 'the queue is full.' })?.message).toBe(
    '2 were replayed, each in a run of its own; then it ended: the queue is full.',
  )
  expect(leftOut({ runs: [], refused: [], more: true, stopped: null })?.message).toContain('more are left, try again.')
})
