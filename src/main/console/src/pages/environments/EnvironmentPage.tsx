import { Label, Spinner } from '@patternfly/react-core'
import { Link, useParams } from 'react-router-dom'
import { get, path, type Page } from '../../api/client'
import type { Environment, FlowIn } from '../../api/environments'
import { Frame } from '../../parts/Frame'
import { Nothing } from '../../parts/Nothing'
import { Rows, type Column } from '../../parts/Rows'
import { Sentence } from '../../parts/Sentence'
import { Sheets } from '../../parts/Sheets'
import { usePolled } from '../../parts/usePolled'
import { When } from '../../parts/When'
import { DeploySheet } from './DeploySheet'
import { DifferenceSheet } from './DifferenceSheet'
import { NamesSheet } from './NamesSheet'

/** One environment: its flows, what stands for what in them, how it differs from another, and how flows come into it. */
export default function EnvironmentPage() {
  const { environment: id = '' } = useParams()
  const one = usePolled(`environment ${id}`, signal => get<Environment>(path`environments/${id}`, {}, signal))
  const list = usePolled('environments', signal => get<Page<Environment>>('environments', {}, signal), () => 60_000)
  const data = one.data
  const others = (list.data?.data ?? []).filter(other => other.id !== id).map(other => other.id)
  return (
    <Frame
      title={data?.name ?? id}
      above={[['Environments', '/environments']]}
      marks={data && <Label isCompact variant="outline">{data.type}</Label>}
    >
      <Sentence error={one.error} />
      {!data && !one.error && <Spinner size="lg" aria-label="The environment is loaded" />}
      {data && (
        <>
          <p className="pb-facts">
            {data.note && `${data.note} `}
            <span className="pb-quiet">
              {data.file}; {data.deploy === 'auto' ? 'what the files say runs as soon as it is right' : 'what the files say runs when somebody deploys it'}
              {data.priority && `; priority ${data.priority}`}; in URLs <span className="pb-mono">{data.prefix}</span>.
            </span>
          </p>
          <Sheets
            label="Of the environment"
            sheets={{
              Flows: () => <FlowsSheet of={data} />,
              Names: () => <NamesSheet of={data} />,
              Deploy: () => <DeploySheet key={id} of={data} others={others} done={one.again} />,
              Compare: () => <DifferenceSheet key={id} of={id} others={others} />,
            }}
          />
        </>
      )}
    </Frame>
  )
}

const columns: Column<FlowIn>[] = [
  {
    title: 'Flow',
    by: flow => flow.flow,
    cell: flow => (
      <>
        <Link to={`/flows/${flow.id}`}>{flow.flow}</Link>
        <div className="pb-quiet pb-mono">{flow.id}</div>
      </>
    ),
  },
  { title: 'Runs', by: flow => flow.version?.running ?? 0, cell: flow => <Running of={flow} /> },
  { title: 'What the files say', by: flow => flow.version?.fileState ?? '', cell: flow => <FileState of={flow} /> },
  { title: 'Deployed', by: flow => flow.version?.held?.since ?? '', cell: flow => <Deployed of={flow} /> },
  {
    title: 'Variables of it alone',
    cell: flow => Object.entries(flow.variables).map(([name, value]) => <div key={name} className="pb-mono">{`${name}: ${JSON.stringify(value)}`}</div>),
  },
]

function FlowsSheet({ of }: { of: Environment }) {
  return of.flows.length === 0 ? (
    <Nothing title="It has no flow">Name some in {of.file}, under flows or packages.</Nothing>
  ) : (
    <Rows label="Flows of the environment" rows={of.flows} columns={columns} id={flow => flow.id} first={[0, 'asc']} />
  )
}

function Running({ of }: { of: FlowIn }) {
  const running = of.version?.running ?? null
  return (
    <>
      {running === null ? <span className="pb-quiet">nothing yet</span> : <Link to={`/flows/${of.id}/versions`}>{`version ${running}`}</Link>}{' '}
      {!of.enabled && (
        <Label isCompact status="warning">
          paused
        </Label>
      )}
    </>
  )
}

function FileState({ of }: { of: FlowIn }) {
  const state = of.version?.fileState ?? 'errors'
  if (state === 'runs') {
    return <span className="pb-quiet">runs</span>
  }
  return state === 'draft' ? (
    <Label isCompact status="info">
      not deployed
    </Label>
  ) : (
    <Link to={`/flows/${of.id}`}>
      <Label isCompact status="danger">
        is not right
      </Label>
    </Link>
  )
}

function Deployed({ of }: { of: FlowIn }) {
  const held = of.version?.held
  return held ? (
    <>
      <When at={held.since} />
      {held.by && ` by ${held.by}`}
      {held.note && <div className="pb-quiet">{held.note}</div>}
    </>
  ) : (
    <span className="pb-quiet">–</span>
  )
}
