import { expect, test } from 'vitest'
import { filtered } from './filtered'

const none = { flow: null, run: null, shape: null, code: null, q: null, since: null, until: null, businessKey: null, cause: null }

test('says what leaves payloads out, and nothing of what does not', () => {
  expect(filtered({ ...none, flow: 'orders', code: 'HTTP_422', states: ['open', 'held'] })).toBe('flow orders, code HTTP_422, open or held')
  expect(filtered({ ...none, cause: 'c1a2', states: ['open'] })).toBe('cause c1a2, open')
})
