import { expect, test } from 'vitest'
import { stillComing } from './useTyped'

test('an echo of what was typed leaves what was typed after it', () => {
  expect(stillComing(['s', 'sh', 'sho'], 's')).toEqual(['sh', 'sho'])
  expect(stillComing(['sh', 'sho'], 'sho')).toEqual([])
})

test('an echo that comes for several at once leaves none of them', () => {
  expect(stillComing(['s', 'sh', 'sho', 'shop'], 'sho')).toEqual(['shop'])
})

test('what nobody typed is none', () => {
  expect(stillComing(['s', 'sh'], 'other')).toBeUndefined()
  expect(stillComing([], '')).toBeUndefined()
})
