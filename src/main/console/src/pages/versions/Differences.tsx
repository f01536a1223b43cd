import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import type { VersionChange, VersionDiff } from '../../api/versions'
import { Nothing } from '../../parts/Nothing'
import { lineKind } from './unified'

/** More is no reading matter, and slow to draw. */
const MOST_LINES = 5000
const MOST_CHANGES = 500

/** How two versions differ, value by value. */
export function Meaning({ of }: { of: VersionDiff }) {
  if (of.changes.length === 0) {
    return (
      <Nothing title={of.complete ? 'They mean the same' : 'It cannot be told by meaning'}>
        {of.complete ? 'Comments, the order of keys or the form of the text may differ all the same: look at the text.' : 'One of them is no flow: look at the text.'}
      </Nothing>
    )
  }
  return (
    <Table aria-label="What differs" variant="compact">
      <Thead>
        <Tr>
          <Th>Where</Th>
          <Th>What</Th>
          <Th>Before</Th>
          <Th>After</Th>
        </Tr>
      </Thead>
      <Tbody>
        {of.changes.slice(0, MOST_CHANGES).map((change, place) => (
          <Tr key={place}>
            <Td dataLabel="Where">
              {change.shape ?? 'the flow'} <span className="pb-quiet pb-mono">{change.path}</span>
            </Td>
            <Td dataLabel="What" className="pb-nowrap">
              {change.what} {change.kind}
            </Td>
            <Td dataLabel="Before">
              <Value of={change} side="before" />
            </Td>
            <Td dataLabel="After">
              <Value of={change} side="after" />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  )
}

function Value({ of, side }: { of: VersionChange; side: 'before' | 'after' }) {
  const value = of[side]
  if (value === null || value === undefined) {
    return <span className="pb-quiet">–</span>
  }
  return <pre className={`pb-text ${side === 'before' ? 'pb-line-gone' : 'pb-line-new'}`}>{typeof value === 'string' ? value : JSON.stringify(value, undefined, 1)}</pre>
}

/** How the texts of two versions differ. */
export function Text({ of }: { of: VersionDiff }) {
  if (!of.text) {
    return <Nothing title="The texts are the same">What runs may differ by tables, schemas or definitions of endpoints, which are those of today.</Nothing>
  }
  const lines = of.text.replace(/\n$/, '').split('\n')
  return (
    <pre className="pb-text pb-payload" tabIndex={0} aria-label="Texts, line by line">
      {lines.slice(0, MOST_LINES).map((line, place) => (
        <div key={place} className={`pb-line-${lineKind(line)}`}>
          {line || ' '}
        </div>
      ))}
      {lines.length > MOST_LINES && `${lines.length - MOST_LINES} more lines`}
    </pre>
  )
}
