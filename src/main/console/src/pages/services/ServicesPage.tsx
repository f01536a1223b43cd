import { useMemo } from 'react'
import { Spinner } from '@patternfly/react-core'
import { Link } from 'react-router-dom'
import { all } from '../../api/client'
import type { Service } from '../../api/services'
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
import { FlowState } from '../flow/FlowState'

/** A service with the flow that it becomes, when that is known. */
interface Row {
  service: Service
  flow: Flow | undefined
}

const columns: Column<Row>[] = [
  {
    title: 'Service',
    by: row => row.service.name,
    cell: ({ service }) => (
      <>
        <Link to={`/services/${service.id}`}>{service.name}</Link>
        {service.name !== service.id && <div className="pb-quiet pb-mono">{service.id}</div>}
        {service.note && <div className="pb-quiet">{service.note}</div>}
      </>
    ),
  },
  { title: 'Sends', by: row => row.service.entity, cell: ({ service }) => service.entity },
  { title: 'From', by: row => row.service.source, cell: ({ service }) => <Link to={`/instances/${service.source}`}>{service.source}</Link> },
  { title: 'To', by: row => row.service.destination, cell: ({ service }) => <Link to={`/instances/${service.destination}`}>{service.destination}</Link> },
  { title: 'State', cell: ({ service, flow }) => (flow ? <FlowState of={flow} /> : service.status) },
  { title: 'Last run', by: row => row.flow?.lastRun?.queuedAt ?? '', cell: ({ flow }) => <LastRun of={flow} /> },
  { title: 'Records in a day', right: true, by: row => row.flow?.lastDay.counts.records ?? 0, cell: ({ flow }) => count(flow?.lastDay.counts.records ?? 0) },
]

function LastRun({ of }: { of: Flow | undefined }) {
  return of?.lastRun ? (
    <span className="pb-nowrap">
      <Status of={of.lastRun.status} />{' '}
      <Link to={`/flows/${of.id}/runs/${of.lastRun.id}`} aria-label={`Last run of ${of.id}`}>
        <When at={of.lastRun.queuedAt} />
      </Link>
    </span>
  ) : (
    <When at={null} />
  )
}

/** All services and how they stand. */
export default function ServicesPage() {
  const services = usePolled('services', signal => all<Service>('services', {}, signal), () => 15_000)
  // How a service stands is told with its flow.
  const flows = usePolled('flows', signal => all<Flow>('flows', {}, signal), data => ((data?.length ?? 0) > 200 ? 15_000 : 5_000))
  const [filter, setFilter] = useFilter('q')
  const rows = useMemo(() => {
    const byId = new Map((flows.data ?? []).map(flow => [flow.id, flow]))
    return (services.data ?? []).filter(service => fits(service, filter.q)).map(service => ({ service, flow: byId.get(service.id) }))
  }, [services.data, flows.data, filter.q])
  return (
    <Frame title="Services" actions={<Link to="/services/_new">New service</Link>}>
      <Sentence error={services.error ?? flows.error} />
      {!services.data ? (
        !services.error && <Spinner size="lg" aria-label="Services are loaded" />
      ) : services.data.length === 0 ? (
        <Nothing title="There is no service">
          A service sends records of one kind from one system to another (docs/reference/services.md).{' '}
          <Link to="/services/_new">Make one</Link>.
        </Nothing>
      ) : (
        <>
          <Find
            label="Find services by name, label, record or instance"
            placeholder="Name, label, record or instance"
            text={filter.q}
            set={q => setFilter({ q })}
            shown={rows.length}
            of={services.data.length}
          />
          {rows.length === 0 ? (
            <Nothing title="No service fits">Take the filter away.</Nothing>
          ) : (
            <Rows label="Services" rows={rows} columns={columns} id={row => row.service.id} first={[0, 'asc']} />
          )}
        </>
      )}
    </Frame>
  )
}

function fits(service: Service, q: string): boolean {
  const texts = [service.id, service.name, service.entity, service.source, service.destination, ...service.labels]
  return texts.some(text => text.toLowerCase().includes(q.toLowerCase()))
}
