import { describe, expect, it } from 'vitest'
import { bars, line } from './bars'

describe('bars', () => {
  it('stacks values from the bottom up, the highest bar fills the whole', () => {
    expect(bars([{ good: 3, bad: 1 }, { good: 2, bad: 0 }, {}], ['good', 'bad'])).toEqual([
      [
        { kind: 'good', value: 3, y: 0.25, height: 0.75 },
        { kind: 'bad', value: 1, y: 0, height: 0.25 },
      ],
      [{ kind: 'good', value: 2, y: 0.5, height: 0.5 }],
      [],
    ])
  })

  it('draws nothing of nothing', () => {
    expect(bars([{}, {}], ['good'])).toEqual([[], []])
    expect(bars([], ['good'])).toEqual([])
  })
})

describe('lines', () => {
  it('leave out what is not known', () => {
    expect(line([10, null, 5], 10)).toEqual([
      [0, 0],
      [1, 0.5],
    ])
    expect(line([0], 0)).toEqual([[0, 1]])
  })
})
