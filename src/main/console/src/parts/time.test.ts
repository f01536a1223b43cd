import { describe, expect, test } from 'vitest'
import { bytes, distance, duration } from './time'

describe('time', () => {
  test.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [1500, '1.5 s'],
    [59_400, '59 s'],
    [61_000, '1 min 1 s'],
    [3_720_000, '1 h 2 min'],
  ])('%d ms is shown as %s', (ms, shown) => {
    expect(duration(ms)).toBe(shown)
  })

  test('a distance says on which side of now it is', () => {
    const now = Date.parse('2026-11-30T10:00:00Z')
    expect(distance('2026-11-30T09:58:30Z', now)).toBe('1 min ago')
    expect(distance('2026-11-30T12:00:00Z', now)).toBe('in 2 h')
    expect(distance('2026-11-20T10:00:00Z', now)).toBe('10 d ago')
  })

  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1500, '1.5 kB'],
    [150_000, '150 kB'],
    [2_000_000, '2.0 MB'],
  ])('%d bytes are shown as %s', (count, shown) => {
    expect(bytes(count)).toBe(shown)
  })
})
