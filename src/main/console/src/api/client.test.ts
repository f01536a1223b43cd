import { expect, test } from 'vitest'
import { address } from './client'

test('a list in a query is said once for each of its values, and what is empty not at all', () => {
  expect(address('services/orders/run', { only: ['1 & 2', '3'], unfiltered: undefined, q: '' }, 'http://here/hawtio/')).toBe(
    'http://here/api/v1/services/orders/run?only=1+%26+2&only=3',
  )
})
