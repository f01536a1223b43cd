import { useMemo } from 'react'
import { Label, ToggleGroup, ToggleGroupItem, ToolbarItem } from '@patternfly/react-core'
import { Link } from 'react-router-dom'
import { all } from '../../api/client'
import type { Flow } from '../../api/types'
import { Find } from '../../parts/Find'
import { Frame } from '../../parts/Frame'
import { Nothing } from '../../parts/Nothing'
import { Rows, type Column } from '../../parts/Rows'
import { Sentence } from '../../parts/Sentence'
import { Status } from '../../parts/Status'
import { count } from '../../parts/time'
import { useFilter } from '../../parts/useFilter'
import { usePolled } from '../../parts/usePolled'
import { When } from '../../parts/When'
import { FlowState, stateOf, states, type State } from '../flow/FlowState'

/** Many flows are asked for less often: the answer is large. */
const pause = (flows: Flow[] | undefined) => ((flows?.length ?? 0) > 200 ? 15_000 : 5_000)

const columns: Column<Flow>[] = [
  {
    title: 'Flow',
    by: flow => flow.id,
    cell: flow => (
      <>
        <Link to={`/flows/${flow.id}`}>{flow.name}</Link>
        {flow.name !== flow.id && <div className="pb-quiet pb-mono">{flow.id}</div>}
      </>
    ),
  },
  { title: 'State', by: flow => states.indexOf(stateOf(flow)), cell: flow => <FlowState of={flow} /> },
  { title: 'Last run', by: flow => flow.lastRun?.queuedAt ?? '', cell: flow => <LastRun of={flow} /> },
  { title: 'Next run', by: flow => flow.nextRunAt ?? '~', cell: flow => <When at={flow.nextRunAt} /> },
  { title: 'Runs in a day', right: true, by: flow => flow.lastDay.counts.runs, cell: flow => number(flow.lastDay.counts.runs) },
  { title: 'Records', right: true, by: flow => flow.lastDay.counts.records, cell: flow => number(flow.lastDay.counts.records) },
  { title: 'Failed', right: true, by: flow => failures(flow), cell: flow => <Failures of={flow} /> },
  { title: 'Running', right: true, by: flow => flow.running + flow.queued, cell: flow => <Now of={flow} /> },
]

function number(value: number) {
  return <span className={value ? '' : 'pb-quiet'}>{count(value)}</span>
}

function Now({ of }: { of: Flow }) {
  return (
    <>
      {number(of.running)}
      {of.queued > 0 && <div className="pb-quiet pb-nowrap">{count(of.queued)} waiting</div>}
    </>
  )
}

function failures(flow: Flow): number {
  return flow.lastDay.counts.failed + flow.lastDay.counts.partial
}

function Failures({ of }: { of: Flow }) {
  const failed = failures(of)
  return failed ? (
    <Link to={`/flows/${of.id}#sheet=runs`} className="pb-bad" aria-label={`${failed} runs of ${of.name} failed in a day`}>
      {count(failed)}
    </Link>
  ) : (
    number(0)
  )
}

function LastRun({ of: { id, lastRun } }: { of: Flow }) {
  return lastRun ? (
    <span className="pb-nowrap">
      <Status of={lastRun.status} />{' '}
      <Link to={`/flows/${id}/runs/${lastRun.id}`} aria-label={`Last run of ${id}`}>
        <When at={lastRun.queuedAt} />
      </Link>
    </span>
  ) : (
    <When at={null} />
  )
}

export default function FlowsPage() {
  const flows = usePolled('flows', signal => all<Flow>('flows', {}, signal), pause)
  const [filter, setFilter] = useFilter('q', 'state', 'label')
  const shown = useMemo(() => (flows.data ?? []).filter(flow => fits(flow, filter)), [flows.data, filter])
  return (
    <Frame title="Flows">
      <Sentence error={flows.error} />
      {flows.data?.length === 0 ? (
        <Nothing title="There is no flow yet">
          Put a file such as routes/orders.flow.yaml into the folder of this runtime; it is taken within a second. The reference
          (docs/reference/files.md) says what stands in it.
        </Nothing>
      ) : (
        <>
          <Find
            label="Find flows by name or id"
            placeholder="Name or id"
            text={filter.q}
            set={q => setFilter({ q })}
            shown={shown.length}
            of={flows.data?.length}
          >
            <ToolbarItem>
              <ToggleGroup aria-label="Only flows in this state">
                {states.map(state => (
                  <ToggleGroupItem
                    key={state}
                    text={state}
                    isSelected={filter.state === state}
                    onChange={() => setFilter({ state: filter.state === state ? '' : state })}
                  />
                ))}
              </ToggleGroup>
            </ToolbarItem>
            {filter.label && (
              <ToolbarItem>
                <Label onClose={() => setFilter({ label: '' })}>{filter.label}</Label>
              </ToolbarItem>
            )}
          </Find>
          {flows.data && shown.length === 0 ? (
            <Nothing title="No flow fits">Take a filter away.</Nothing>
          ) : (
            <Rows label="Flows" rows={shown} columns={columns} id={flow => flow.id} first={[0, 'asc']} />
          )}
        </>
      )}
    </Frame>
  )
}

function fits(flow: Flow, filter: { q: string; state: string; label: string }): boolean {
  const q = filter.q.toLowerCase()
  return (
    (flow.id.toLowerCase().includes(q) || flow.name.toLowerCase().includes(q)) &&
    (!filter.state || stateOf(flow) === (filter.state as State)) &&
    (!filter.label || flow.labels.includes(filter.label))
  )
}
