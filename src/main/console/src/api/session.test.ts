import { expect, test } from 'vitest'
import { refusal, type Session } from './session'

const ada: Session = { name: 'ada', kind: 'user', role: 'read-only', endsAt: null, permissions: ['view'], operations: ['listFlows'] }

test('says why the role may not do an operation', () => {
  expect(refusal(ada, 'startFlows')).toContain('Your role, read-only, may not do this.')
})

test('says nothing of what the role may, of what needs nothing, and before anybody knows', () => {
  expect(refusal(ada, 'listFlows')).toBeUndefined()
  expect(refusal(ada, undefined)).toBeUndefined()
  expect(refusal(undefined, 'startFlows')).toBeUndefined()
})
