import { Alert, Flex, Spinner } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { Link, useParams } from 'react-router-dom'
import { get, path, post } from '../../api/client'
import type { Connection, Endpoint, Instance } from '../../api/instances'
import { Act } from '../../parts/Act'
import { Facts } from '../../parts/Facts'
import { Frame } from '../../parts/Frame'
import { Nothing } from '../../parts/Nothing'
import { Rows, type Column } from '../../parts/Rows'
import { Sentence } from '../../parts/Sentence'
import { moment } from '../../parts/time'
import { usePolled } from '../../parts/usePolled'
import { CheckInstance } from './CheckInstance'
import { Held, Standing } from './Standing'

const endpointColumns: Column<Endpoint>[] = [
  { title: 'Endpoint', by: endpoint => endpoint.id, cell: endpoint => <span className="pb-mono">{endpoint.id}</span> },
  { title: 'Kind', by: endpoint => endpoint.kind, cell: endpoint => endpoint.kind },
  {
    title: 'Takes',
    cell: endpoint =>
      Object.entries(endpoint.inputs)
        .map(([name, need]) => (need === 'required' ? name : `${name} (${need})`))
        .join(', ') || '–',
  },
]

/** One access to a system: how it stands, what is the matter with it, and what can be called. Alerts link here. */
export default function InstancePage() {
  const { instance: name = '' } = useParams()
  const instance = usePolled(`instance ${name}`, signal => get<Instance>(path`instances/${name}`, {}, signal))
  const connection = usePolled(`connection ${name}`, signal => get<Connection>(path`instances/${name}/connection`, {}, signal), () => 15_000)
  const data = instance.data
  return (
    <Frame
      title={name}
      above={[['Instances', '/instances']]}
      marks={
        data && (
          <>
            <Standing of={data.status} /> <Held of={data} />
          </>
        )
      }
      actions={
        data && (
          <Flex>
            <Pause of={data} done={instance.again} />
            <CheckInstance of={data} done={instance.again} />
          </Flex>
        )
      }
    >
      <Sentence error={instance.error} />
      {!data && !instance.error && <Spinner aria-label="The instance is loaded" />}
      {data && (
        <>
          <Matters of={data} connection={connection.data} />
          <Facts label="Of the instance" facts={factsOf(data)} />
          {data.endpoints.length === 0 ? (
            <Nothing title="Nothing can be called">Its connector declares no endpoint: add one below endpoints in connector.yaml.</Nothing>
          ) : (
            <Rows label="What can be called" rows={data.endpoints} columns={endpointColumns} id={endpoint => endpoint.id} first={[0, 'asc']} />
          )}
        </>
      )}
    </Frame>
  )
}

function Pause({ of, done }: { of: Instance; done: () => void }) {
  const what = { kind: 'instance', name: of.name }
  return of.paused ? (
    <Act label="Go on" needs="endPauses" act={() => post('pauses/end', what)} done={done} />
  ) : (
    <Act
      label="Pause"
      needs="pausePauses"
      ask="All flows that call it are held until it goes on, also over restarts. Nothing of them is lost."
      act={() => post('pauses', what)}
      done={done}
    />
  )
}

/** What somebody has to know or to do, with the newest failure as long as it is not over. */
function Matters({ of, connection }: { of: Instance; connection: Connection | undefined }) {
  const failing = of.status !== 'operational' && of.status !== 'unknown'
  return (
    <>
      {connection?.needed && !connection.connected && (
        <Alert variant="warning" isInline title="Nobody has let it into its system yet." className="pb-sentence">
          {connection.page && <a href={connection.page}>Connect it</a>}
        </Alert>
      )}
      {of.paused && (
        <Alert
          variant="warning"
          isInline
          title={
            of.paused.by === 'operator'
              ? `Paused since ${moment(of.paused.since)}, until somebody lets it go on.`
              : `Paused since ${moment(of.paused.since)}, until the system answers again.`
          }
          className="pb-sentence"
        >
          {of.paused.reason}
        </Alert>
      )}
      {failing && of.lastFailure && (
        <Alert variant="danger" isInline title={of.lastFailure.sentence} className="pb-sentence">
          <span className="pb-mono">{of.lastFailure.code}</span> <span className="pb-quiet">{moment(of.lastFailure.at)}</span>
        </Alert>
      )}
      {of.contract?.problem && <Alert variant="info" isInline title={`Its contract could not be looked at: ${of.contract.problem}`} className="pb-sentence" />}
      {of.contract?.findings.map(finding => (
        <Alert key={`${finding.kind} ${finding.sentence}`} variant="warning" isInline title={finding.sentence} className="pb-sentence">
          <span className="pb-mono">{finding.kind}</span> <span className="pb-quiet">since {moment(finding.since)}</span>
        </Alert>
      ))}
    </>
  )
}

function factsOf(instance: Instance): [string, ReactNode][] {
  return [
    ['connector', `${instance.connector} ${instance.version}`],
    ['version asked for', instance.pin ?? 'the newest'],
    ['file', instance.file],
    ['stands so since', instance.since ? moment(instance.since) : 'no call yet'],
    ['last success', instance.lastSuccess ? moment(instance.lastSuccess) : 'none'],
    ['last failure', instance.lastFailure ? `${moment(instance.lastFailure.at)}: ${instance.lastFailure.sentence}` : 'none'],
    ['a check calls', instance.check ?? 'no endpoint: its connector names none'],
    ...(instance.contract
      ? ([['contract', `${instance.contract.endpoint}, ${instance.contract.lookedAt ? `looked at ${moment(instance.contract.lookedAt)}` : 'not looked at yet'}`]] as [string, ReactNode][])
      : []),
    ...instance.pinned.map(pin => [`version of ${pin.flow}`, <Link to={`/flows/${pin.flow}`}>{pin.version}</Link>] as [string, ReactNode]),
  ]
}
