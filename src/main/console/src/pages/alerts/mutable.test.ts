import { expect, test } from 'vitest'
import { mutableOf } from './mutable'

test('of a flow, itself and the groups that are told can be muted', () => {
  expect(mutableOf({ kind: 'unusual_volume', subject: 'orders', receivers: ['ops', 'ada@example.org'] })).toEqual([
    { of: 'flow', name: 'orders' },
    { of: 'group', name: 'ops' },
  ])
})

test('of an instance, only the groups', () => {
  expect(mutableOf({ kind: 'unreachable', subject: 'shop-uk', receivers: ['ops'] })).toEqual([{ of: 'group', name: 'ops' }])
  expect(mutableOf({ kind: 'disk', subject: '', receivers: [] })).toEqual([])
})
