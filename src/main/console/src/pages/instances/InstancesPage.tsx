import { useMemo } from 'react'
import { Spinner, ToggleGroup, ToggleGroupItem, ToolbarItem } from '@patternfly/react-core'
import { Link } from 'react-router-dom'
import { all } from '../../api/client'
import type { Instance } from '../../api/instances'
import { Find } from '../../parts/Find'
import { Frame } from '../../parts/Frame'
import { Nothing } from '../../parts/Nothing'
import { Rows, type Column } from '../../parts/Rows'
import { Sentence } from '../../parts/Sentence'
import { useFilter } from '../../parts/useFilter'
import { usePolled } from '../../parts/usePolled'
import { When } from '../../parts/When'
import { CheckInstance } from './CheckInstance'
import { Held, Standing, statuses, wordOf } from './Standing'

/** Accesses to systems, and how they stand. */
export default function InstancesPage() {
  const instances = usePolled('instances', signal => all<Instance>('instances', {}, signal))
  const [filter, setFilter] = useFilter('q', 'status')
  const shown = useMemo(() => (instances.data ?? []).filter(instance => fits(instance, filter)), [instances.data, filter])
  const present = statuses.filter(status => status === filter.status || instances.data?.some(instance => instance.status === status))
  const columns: Column<Instance>[] = [
    {
      title: 'Instance',
      by: instance => instance.name,
      cell: instance => (
        <>
          <Link to={`/instances/${encodeURIComponent(instance.name)}`}>{instance.name}</Link>
          <div className="pb-quiet">
            {instance.title} {instance.version}
          </div>
        </>
      ),
    },
    {
      title: 'Status',
      by: instance => statuses.indexOf(instance.status),
      cell: instance => (
        <span className="pb-nowrap">
          <Standing of={instance.status} /> <Held of={instance} />
        </span>
      ),
    },
    { title: 'Since', by: instance => instance.since ?? '', cell: instance => <When at={instance.since} /> },
    { title: 'Last success', by: instance => instance.lastSuccess ?? '', cell: instance => <When at={instance.lastSuccess} /> },
    { title: 'Last failure', by: instance => instance.lastFailure?.at ?? '', cell: instance => <LastFailure of={instance} /> },
    { title: 'Do', cell: instance => <CheckInstance of={instance} done={instances.again} /> },
  ]
  return (
    <Frame title="Instances">
      <Sentence error={instances.error} />
      {!instances.data ? (
        !instances.error && <Spinner size="lg" aria-label="Instances are loaded" />
      ) : instances.data.length === 0 ? (
        <Nothing title="There is no instance yet">
          An instance is the address and the credentials with which flows call a system. Put a file such as connectors/shop/instances/uk.yaml beside its
          connector; it is taken within a second.
        </Nothing>
      ) : (
        <>
          <Find
            label="Find instances by name or connector"
            placeholder="Name or connector"
            text={filter.q}
            set={q => setFilter({ q })}
            shown={shown.length}
            of={instances.data.length}
          >
            {(present.length > 1 || filter.status) && (
              <ToolbarItem>
                <ToggleGroup aria-label="Only instances with this status">
                  {present.map(status => (
                    <ToggleGroupItem
                      key={status}
                      text={wordOf(status)}
                      isSelected={filter.status === status}
                      onChange={() => setFilter({ status: filter.status === status ? '' : status })}
                    />
                  ))}
                </ToggleGroup>
              </ToolbarItem>
            )}
          </Find>
          {shown.length === 0 ? (
            <Nothing title="No instance fits">Take a filter away.</Nothing>
          ) : (
            <Rows label="Instances" rows={shown} columns={columns} id={instance => instance.name} first={[0, 'asc']} />
          )}
        </>
      )}
    </Frame>
  )
}

function LastFailure({ of: { lastFailure } }: { of: Instance }) {
  return (
    <>
      <When at={lastFailure?.at} />
      {lastFailure && <div className="pb-quiet pb-clip">{lastFailure.sentence}</div>}
    </>
  )
}

function fits(instance: Instance, filter: { q: string; status: string }): boolean {
  const q = filter.q.toLowerCase()
  return (
    [instance.name, instance.connector, instance.title].some(text => text.toLowerCase().includes(q)) &&
    (!filter.status || instance.status === filter.status)
  )
}
