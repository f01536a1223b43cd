import { expect, test } from 'vitest'
import { causeOf } from './cause'

test.each([
  ['failed_runs', 'orders', 'r1', '/flows/orders/runs/r1'],
  ['unusual_volume', 'orders', null, '/flows/orders'],
  ['no_success', 'orders', null, '/flows/orders'],
  ['unreachable', 'shop-uk', 'r1', '/instances/shop-uk'],
  ['server_certificate', 'shop-uk api.shop.example:8443', null, '/instances/shop-uk'],
  ['refresh_token', 'shop-uk', null, '/instances/shop-uk'],
  ['queue_age', '', null, '/queue'],
  ['disk', '', null, undefined],
  ['access_key', 'ci', null, undefined],
])('an alert of %s leads to what it is about', (kind, subject, runId, path) => {
  expect(causeOf({ kind, subject, runId })?.path).toBe(path)
})
