import { expect, test } from 'vitest'
import { joined } from './joined'

const row = (number: number, active = false) => ({ number, active })
const id = ({ number }: { number: number }) => String(number)

test('what follows is put to what is there', () => {
  expect(joined([row(5), row(4)], [row(3), row(2)], id).map(id).sort()).toEqual(['2', '3', '4', '5'])
})

test('a row that a newer one pushes off the first part stays', () => {
  const seen = joined([row(5), row(4)], [row(3)], id)
  expect(joined(seen, [row(6), row(5)], id).map(id)).toEqual(['6', '5', '3', '4'])
})

test('of a row that is in both, the later answer counts', () => {
  expect(joined([row(5, true)], [row(5, false)], id)).toEqual([row(5, false)])
})
