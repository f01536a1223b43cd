import { expect, test } from 'vitest'
import { empty, missing, requestOf, type Draft } from './draft'

const whole: Draft = {
  ...empty,
  name: ' orders ',
  source: 'shop',
  entity: 'orders',
  lists: 'orders.list',
  reads: { status: 'any', page: '2', empty: ' ' },
  destination: 'erp',
  sends: 'orders.create',
  reference: 'number',
  filters: 'paid is true\n\n state is in work',
  fields: 'nr = number\nsum=total',
}

test('a draft becomes what the API asks for', () => {
  expect(missing(whole)).toEqual([])
  expect(requestOf({ ...whole, trigger: 'every', at: '15m' })).toEqual({
    name: 'orders',
    entity: 'orders',
    source: { instance: 'shop', endpoint: 'orders.list', with: { status: 'any', page: 2 } },
    destination: { instance: 'erp', endpoint: 'orders.create', with: {} },
    trigger: { schedule: { every: '15m' } },
    reference: 'number',
    filters: [
      { field: 'paid', is: true },
      { field: 'state', is: 'in work' },
    ],
    fields: [
      { to: 'nr', from: 'number' },
      { to: 'sum', from: 'total' },
    ],
    active: false,
  })
})

test('what is missing or cannot be read is told', () => {
  expect(missing({ ...whole, name: '', trigger: 'cron', filters: 'paid', fields: '= x' })).toEqual([
    'a name',
    'when it starts',
    "'paid' as FIELD OPERATOR VALUE",
    "'= x' as TO = FROM",
  ])
})

test('a number that is longer than numbers can be stays text', () => {
  expect(requestOf({ ...whole, filters: 'id is 12345678901234567890' }).filters).toEqual([{ field: 'id', is: '12345678901234567890' }])
})
