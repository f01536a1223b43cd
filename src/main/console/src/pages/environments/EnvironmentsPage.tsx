import { useMemo } from 'react'
import { Label, Spinner } from '@patternfly/react-core'
import { Link } from 'react-router-dom'
import { get, type Page } from '../../api/client'
import type { Environment } from '../../api/environments'
import { Find } from '../../parts/Find'
import { Frame } from '../../parts/Frame'
import { Nothing } from '../../parts/Nothing'
import { Rows, type Column } from '../../parts/Rows'
import { Sentence } from '../../parts/Sentence'
import { count } from '../../parts/time'
import { useFilter } from '../../parts/useFilter'
import { usePolled } from '../../parts/usePolled'

const columns: Column<Environment>[] = [
  {
    title: 'Environment',
    by: one => one.id,
    cell: one => (
      <>
        <Link to={`/environments/${one.id}`}>{one.name}</Link>
        {one.name !== one.id && <div className="pb-quiet pb-mono">{one.id}</div>}
        {one.note && <div className="pb-quiet">{one.note}</div>}
      </>
    ),
  },
  { title: 'For', by: one => one.type, cell: one => one.type },
  { title: 'In URLs', by: one => one.prefix, cell: one => <span className="pb-mono">{one.prefix}</span> },
  { title: 'Deployed', by: one => one.deploy, cell: one => (one.deploy === 'auto' ? 'as soon as it is right' : 'by hand') },
  { title: 'Flows', right: true, by: one => one.flows.length, cell: one => count(one.flows.length) },
  { title: 'Not as the files say', right: true, by: waiting, cell: one => <Waiting of={one} /> },
  { title: 'Labels', cell: one => one.labels.map(label => <Label key={label} isCompact variant="outline">{label}</Label>) },
]

function waiting(environment: Environment): number {
  return environment.flows.filter(flow => flow.version?.fileState !== 'runs').length
}

function Waiting({ of }: { of: Environment }) {
  const flows = waiting(of)
  return <span className={flows ? '' : 'pb-quiet'}>{count(flows)}</span>
}

/** All environments, and whether what their files say runs in them. */
export default function EnvironmentsPage() {
  const environments = usePolled('environments', signal => get<Page<Environment>>('environments', {}, signal))
  const [filter, setFilter] = useFilter('q')
  const all = environments.data?.data
  const shown = useMemo(() => (environments.data?.data ?? []).filter(one => fits(one, filter.q)), [environments.data, filter.q])
  return (
    <Frame title="Environments">
      <Sentence error={environments.error} />
      {!all ? (
        !environments.error && <Spinner size="lg" aria-label="Environments are loaded" />
      ) : all.length === 0 ? (
        <Nothing title="There is no environment">
          An environment runs flows once more with other instances, stores and values. A file routes/environments/NAME.yaml makes one
          (docs/reference/environments.md).
        </Nothing>
      ) : (
        <>
          <Find
            label="Find environments by name or label"
            placeholder="Name or label"
            text={filter.q}
            set={q => setFilter({ q })}
            shown={shown.length}
            of={all.length}
          />
          {shown.length === 0 ? (
            <Nothing title="No environment fits">Take the filter away.</Nothing>
          ) : (
            <Rows label="Environments" rows={shown} columns={columns} id={one => one.id} first={[0, 'asc']} />
          )}
        </>
      )}
    </Frame>
  )
}

function fits(environment: Environment, q: string): boolean {
  return [environment.id, environment.name, ...environment.labels].some(text => text.toLowerCase().includes(q.toLowerCase()))
}
