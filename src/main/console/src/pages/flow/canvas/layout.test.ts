import { expect, test } from 'vitest'
import type { Canvas, CanvasEdge, CanvasShape } from '../../../api/types'
import { depths, HEIGHT, laidOut, WIDTH, type Place } from './layout'

const shape = (id: string, parent: string | null = null) => ({ id, parent }) as CanvasShape
const edge = (from: string, to: string, way: CanvasEdge['way'] = 'next', label: string | null = null): CanvasEdge => ({ from, to, way, label })
const starts: Canvas['starts'] = [{ id: 'trigger.1', kind: 'manual', line: 0, settings: '' }]
const at = (found: Map<string, Place>, id: string) => found.get(id) ?? expect.fail(`${id} has no place`)

test('paths stand beside each other, below the shape that parts them and above the one that joins them', () => {
  const { places: found } = laidOut({
    starts,
    shapes: ['parts', 'left', 'right', 'joins'].map(id => shape(id)),
    edges: [
      edge('trigger.1', 'parts'),
      edge('parts', 'left', 'path', 'small'),
      edge('parts', 'right', 'path', 'large'),
      edge('left', 'joins'),
      edge('right', 'joins'),
    ],
  })

  expect(at(found, 'left').y).toBe(at(found, 'right').y)
  expect(Math.abs(at(found, 'left').x - at(found, 'right').x)).toBeGreaterThanOrEqual(WIDTH)
  expect(at(found, 'left').y).toBeGreaterThanOrEqual(at(found, 'parts').y + HEIGHT)
  expect(at(found, 'joins').y).toBeGreaterThanOrEqual(at(found, 'left').y + HEIGHT)
})

test('what goes round again stays below what it goes back to', () => {
  const { places: found } = laidOut({
    starts,
    shapes: ['rounds', 'once', 'last'].map(id => shape(id)),
    edges: [edge('trigger.1', 'rounds'), edge('rounds', 'once', 'path'), edge('once', 'rounds', 'again'), edge('rounds', 'last')],
  })

  expect(at(found, 'once').y).toBeGreaterThan(at(found, 'rounds').y)
})

test('knows how deep a shape stands', () => {
  expect([...depths([shape('a'), shape('b', 'a'), shape('c', 'b'), shape('d')])]).toEqual([
    ['a', 0],
    ['b', 1],
    ['c', 2],
    ['d', 0],
  ])
})
