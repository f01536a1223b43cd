import { useState } from 'react'
import { Button, Card, CardBody, CardHeader, CardTitle, Flex, FormSelect, FormSelectOption, Spinner, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core'
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import { get, path } from '../../api/client'
import type { Revision, VersionChange, VersionDiff } from '../../api/versions'
import { Nothing } from '../../parts/Nothing'
import { Sentence } from '../../parts/Sentence'
import { usePolled } from '../../parts/usePolled'
import { lineKind } from './unified'

/** More is no reading matter, and slow to draw. */
const MOST_LINES = 5000
const MOST_CHANGES = 500

interface Props {
  flow: string
  from: string
  to: string
  versions: Revision[]
  choose: (from: string, to: string) => void
  close: () => void
}

/** How two versions differ: by what they mean, or by their text. */
export function Compare({ flow, from, to, versions, choose, close }: Props) {
  const [view, setView] = useState<'meaning' | 'text'>('meaning')
  const diff = usePolled(`diff ${flow} ${from} ${to}`, signal => get<VersionDiff>(path`flows/${flow}/revisions/${from}/diff/${to}`, {}, signal), () => null)
  const data = diff.data
  return (
    <Card isCompact className="pb-sentence" aria-label="How two versions differ" role="region">
      <CardHeader actions={{ actions: <Button variant="plain" aria-label="Close" onClick={close}>✕</Button> }}>
        <CardTitle component="h2">{data ? `From ${data.from} to ${data.to}` : 'How two versions differ'}</CardTitle>
      </CardHeader>
      <CardBody>
        <Flex alignItems={{ default: 'alignItemsCenter' }}>
          <Choice label="From" value={from} versions={versions} onChange={one => choose(one, to)} />
          <Choice label="To" value={to} versions={versions} onChange={one => choose(from, one)} />
          <ToggleGroup aria-label="How it is shown">
            <ToggleGroupItem text="by meaning" isSelected={view === 'meaning'} onChange={() => setView('meaning')} />
            <ToggleGroupItem text="as text" isSelected={view === 'text'} onChange={() => setView('text')} />
          </ToggleGroup>
        </Flex>
        <Sentence error={diff.error} />
        {!data ? !diff.error && <Spinner aria-label="The versions are compared" /> : view === 'meaning' ? <Meaning of={data} /> : <Text of={data} />}
      </CardBody>
    </Card>
  )
}

function Choice({ label, value, versions, onChange }: { label: string; value: string; versions: Revision[]; onChange: (to: string) => void }) {
  const known = ['running', 'file', ...versions.map(version => String(version.number))]
  const names: Record<string, string> = { running: 'what runs', file: 'the file' }
  return (
    <FormSelect className="pb-select" aria-label={label} value={value} onChange={(_event, to) => onChange(to)}>
      {(known.includes(value) ? known : [value, ...known]).map(one => (
        <FormSelectOption key={one} value={one} label={names[one] ?? `version ${one}`} />
      ))}
    </FormSelect>
  )
}

function Meaning({ of }: { of: VersionDiff }) {
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

function Text({ of }: { of: VersionDiff }) {
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
