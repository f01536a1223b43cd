import { useState } from 'react'
import { Button, Card, CardBody, CardHeader, CardTitle, Flex, FormSelect, FormSelectOption, Spinner, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core'
import { get, path } from '../../api/client'
import type { Revision, VersionDiff } from '../../api/versions'
import { Sentence } from '../../parts/Sentence'
import { usePolled } from '../../parts/usePolled'
import { Meaning, Text } from './Differences'

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
