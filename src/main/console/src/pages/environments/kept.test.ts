import { expect, test } from 'vitest'
import type { Kept, Step } from '../../api/environments'
import { keptNames } from './kept'

const step = (flow: string, ...kept: Kept[]): Step => ({ flow, id: `${flow}@uk`, action: 'deploy', taken: null, before: null, problems: [], kept })

test('a name that several flows share with flows outside stands once, with all of them', () => {
  const mail = { kind: 'instance', name: 'mail' }
  expect(keptNames([step('orders', mail, { kind: 'table', name: 'mail' }), step('stock', mail)])).toEqual([
    { ...mail, flows: ['orders', 'stock'] },
    { kind: 'table', name: 'mail', flows: ['orders'] },
  ])
})
