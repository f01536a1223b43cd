import { useMemo } from 'react'
import { Label, SearchInput, ToggleGroup, ToggleGroupItem, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core'
import { Link } from 'react-router-dom'
import { all } from '../../api/client'
import type { Flow } from '../../api/types'
import { Frame } from '../../parts/Frame'
import { Nothing } from '../../parts/Nothing'
import { Rows, type Column } from '../../parts/Rows'
import { Sentence } from '../../parts/Sentence'
import { count } from '../../parts/time'
import { useFilter } from '../../parts/useFilter'
import { usePolled } from '../../parts/usePolled'
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
  { title: 'Started by', cell: flow => flow.triggers.join('; ') || 'hand' },
  { title: 'Running', right: true, by: flow => flow.running, cell: flow => number(flow.running) },
  { title: 'Waiting', right: true, by: flow => flow.queued, cell: flow => number(flow.queued) },
]

function number(value: number) {
  return <span className={value ? 'pb-number' : 'pb-number pb-quiet'}>{count(value)}</span>
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
          Put a file such as routes/orders.flow.yaml into the folder of this runtime; it is taken within a second. The command patchbay init
          makes a first one.
        </Nothing>
      ) : (
        <>
          <Toolbar>
            <ToolbarContent>
              <ToolbarItem>
                <SearchInput
                  aria-label="Find flows by name or id"
                  placeholder="Name or id"
                  value={filter.q}
                  onChange={(_event, q) => setFilter({ q })}
                  onClear={() => setFilter({ q: '' })}
                />
              </ToolbarItem>
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
              <ToolbarItem align={{ default: 'alignEnd' }} className="pb-quiet">
                {flows.data && `${count(shown.length)} of ${count(flows.data.length)}`}
              </ToolbarItem>
            </ToolbarContent>
          </Toolbar>
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
