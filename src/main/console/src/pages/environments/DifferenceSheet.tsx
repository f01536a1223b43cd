import { ExpandableSection, FormSelect, FormSelectOption, Label, Spinner, Title } from '@patternfly/react-core'
import { get, path } from '../../api/client'
import type { EnvironmentDiff, FlowDiff } from '../../api/environments'
import { Nothing } from '../../parts/Nothing'
import { Rows, type Column } from '../../parts/Rows'
import { Sentence } from '../../parts/Sentence'
import { useFilter } from '../../parts/useFilter'
import { usePolled } from '../../parts/usePolled'
import { Meaning, Text } from '../versions/Differences'

type Setting = EnvironmentDiff['settings'][number]

/** How this environment differs from another one, or from the flows that are in none. */
export function DifferenceSheet({ of, others }: { of: string; others: string[] }) {
  const [{ with: other }, setFilter] = useFilter('with')
  const to = other || 'base'
  const diff = usePolled(`diff ${of} ${to}`, signal => get<EnvironmentDiff>(path`environments/${of}/diff/${to}`, {}, signal), () => 30_000)
  const data = diff.data
  return (
    <>
      <FormSelect className="pb-select" aria-label="Compare with" value={to} onChange={(_event, chosen) => setFilter({ with: chosen })}>
        {['base', ...(others.includes(to) || to === 'base' ? others : [to, ...others])].map(one => (
          <FormSelectOption key={one} value={one} label={one === 'base' ? 'flows in no environment' : one} />
        ))}
      </FormSelect>
      <Sentence error={diff.error} />
      {!data ? (
        !diff.error && <Spinner aria-label="The environments are compared" />
      ) : (
        <>
          {data.settings.length === 0 ? (
            <p className="pb-quiet pb-turn">Both replace the same.</p>
          ) : (
            <Rows label="Replaced otherwise" rows={data.settings} columns={settings(of, to)} id={one => `${one.kind} ${one.name}`} />
          )}
          {data.flows.length === 0 && <Nothing title="Neither has a flow" />}
          {data.flows.map(flow => (
            <OneFlow key={flow.flow} of={flow} from={of} to={to} />
          ))}
        </>
      )}
    </>
  )
}

function settings(from: string, to: string): Column<Setting>[] {
  const value = (text: string | null) => (text === null ? <span className="pb-quiet">not replaced</span> : <span className="pb-mono">{text}</span>)
  return [
    { title: 'What', by: one => one.kind, cell: one => one.kind },
    { title: 'Name', by: one => one.name, cell: one => <span className="pb-mono">{one.name}</span> },
    { title: `In ${from}`, cell: one => value(one.from) },
    { title: `In ${to}`, cell: one => value(one.to) },
  ]
}

function OneFlow({ of, from, to }: { of: FlowDiff; from: string; to: string }) {
  const runs = (where: string, inIt: boolean, version: number | null) =>
    !inIt ? `not in ${where}` : version === null ? `nothing runs in ${where}` : `version ${version} runs in ${where}`
  return (
    <section aria-label={of.flow} className="pb-turn">
      <Title headingLevel="h2" size="md">
        {of.flow}{' '}
        {(of.diff || of.same) && (
          <Label isCompact {...(of.same ? { status: 'success', variant: 'outline' } : { status: 'info' })}>
            {!of.same ? 'differs' : of.diff ? 'the same runs in both' : 'runs in neither'}
          </Label>
        )}
      </Title>
      <p className="pb-quiet">
        {runs(from, of.inFrom, of.from)}, {runs(to, of.inTo, of.to)}.
      </p>
      {of.diff && !of.same && (
        <>
          <Meaning of={of.diff} />
          <ExpandableSection toggleText="As text">
            <Text of={of.diff} />
          </ExpandableSection>
        </>
      )}
    </section>
  )
}
