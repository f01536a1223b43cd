import { expect, test } from 'vitest'
import type { BlueprintWhole } from '../../api/blueprints'
import { askOf, field, open } from './answers'

const orders: BlueprintWhole = {
  id: 'orders',
  version: '1.0.0',
  from: 'the home folder',
  signedBy: 'nobody',
  title: 'Orders',
  description: '',
  systems: [],
  instances: [{ name: 'shop', connector: 'shopify', title: 'The shop', scopes: [] }],
  questions: [
    { name: 'shop', title: 'Which shop', type: 'text', choices: [], otherwise: '' },
    { name: 'every', title: 'How often', type: 'duration', choices: [], otherwise: '15m' },
  ],
  hosts: [],
  secrets: ['SHOP_KEY'],
  scripts: [],
  readme: '',
  picture: false,
}

test('what is left empty is not sent', () => {
  expect(askOf(orders, { [field('answer', 'shop')]: ' acme ', [field('answer', 'every')]: ' ' }, ' ', '')).toEqual({
    answers: { shop: 'acme' },
    instances: {},
    secrets: {},
  })
})

test('names and the catalogue go along, and nothing that the blueprint does not ask', () => {
  const given = { [field('instance', 'shop')]: 'shop-uk', [field('secret', 'SHOP_KEY')]: 'SHOP_UK', [field('answer', 'other')]: 'x' }
  expect(askOf(orders, given, 'uk', 'ours')).toEqual({
    as: 'uk',
    catalogue: 'ours',
    answers: {},
    instances: { shop: 'shop-uk' },
    secrets: { SHOP_KEY: 'SHOP_UK' },
  })
})

test('a question without a default has to be answered', () => {
  expect(open(orders, {})).toEqual(['shop'])
  expect(open(orders, { [field('answer', 'shop')]: 'acme' })).toEqual([])
})
