import { useMemo } from 'react'
import { Button } from '@patternfly/react-core'
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import type { Canvas, CountsOfShape } from '../../../api/types'
import { count, duration } from '../../../parts/time'
import { depths } from './layout'

interface Props {
  canvas: Canvas
  counts: Map<string, CountsOfShape>
  chosen: string
  choose: (shape: string) => void
}

/** The same as the picture, for who reads rather than looks. */
export function ShapeList({ canvas, counts, chosen, choose }: Props) {
  const depth = useMemo(() => depths(canvas.shapes), [canvas])
  return (
    <Table aria-label="Shapes of the flow, in order" variant="compact">
      <Thead>
        <Tr>
          <Th>Shape</Th>
          <Th>Kind</Th>
          <Th>On the path</Th>
          <Th className="pb-right">In</Th>
          <Th className="pb-right">Out</Th>
          <Th className="pb-right">Failed</Th>
          <Th className="pb-right">Retries</Th>
          <Th className="pb-right">Took</Th>
        </Tr>
      </Thead>
      <Tbody>
        {canvas.shapes.map(shape => {
          const passed = counts.get(shape.id)
          return (
            <Tr key={shape.id} isRowSelected={shape.id === chosen}>
              <Td>
                <span style={{ paddingInlineStart: `${(depth.get(shape.id) ?? 0) * 1.5}rem` }}>
                  <Button variant="link" isInline aria-pressed={shape.id === chosen} onClick={() => choose(shape.id)}>
                    {shape.name ?? shape.id}
                  </Button>
                </span>
              </Td>
              <Td>{shape.kind}</Td>
              <Td>{shape.path ?? ''}</Td>
              <Td className="pb-right">{passed && count(passed.payloadsIn)}</Td>
              <Td className="pb-right">{passed && count(passed.payloadsOut)}</Td>
              <Td className="pb-right">
                <span className={passed?.payloadsFailed ? 'pb-bad' : ''}>{passed && count(passed.payloadsFailed)}</span>
              </Td>
              <Td className="pb-right">{passed && count(passed.retries)}</Td>
              <Td className="pb-right">{passed && duration(passed.tookMs)}</Td>
            </Tr>
          )
        })}
      </Tbody>
    </Table>
  )
}
