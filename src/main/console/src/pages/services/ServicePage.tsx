import { Flex, Label, Spinner, Title } from '@patternfly/react-core'
import { Link, useParams } from 'react-router-dom'
import { get, path } from '../../api/client'
import type { Service } from '../../api/services'
import { Facts } from '../../parts/Facts'
import { Frame } from '../../parts/Frame'
import { Sentence } from '../../parts/Sentence'
import { Sheets } from '../../parts/Sheets'
import { usePolled } from '../../parts/usePolled'
import { ChangeFile } from './ChangeFile'
import { ReportSheet } from './ReportSheet'
import { RemoveService } from './RemoveService'
import { RunService } from './RunService'

/** One service: what became of its items, what it is, and the flow that it becomes. */
export default function ServicePage() {
  const { service: id = '' } = useParams()
  const one = usePolled(`service ${id}`, signal => get<Service>(path`services/${id}`, {}, signal), () => 5_000)
  const data = one.data
  return (
    <Frame
      title={data?.name ?? id}
      above={[['Services', '/services']]}
      marks={
        data && (
          <Label isCompact {...(data.enabled ? { variant: 'outline' } : { status: 'warning' })}>
            {data.enabled ? data.status : 'paused'}
          </Label>
        )
      }
      actions={
        data && (
          <Flex>
            {/* What is changed in an environment is the environment's file. */}
            {!data.environment && <ChangeFile key={`file ${id}`} of={data} done={one.again} />}
            <RunService key={id} of={data} />
            {!data.environment && <RemoveService key={`remove ${id}`} of={data} />}
          </Flex>
        )
      }
    >
      <Sentence error={one.error} />
      {!data && !one.error && <Spinner size="lg" aria-label="The service is loaded" />}
      {data && (
        <>
          <p className="pb-facts">
            {data.note && `${data.note} `}
            <span className="pb-quiet">
              Sends {data.entity} from <Link to={`/instances/${data.source}`}>{data.source}</Link> to{' '}
              <Link to={`/instances/${data.destination}`}>{data.destination}</Link>. Its runs, pauses and versions are those of{' '}
              <Link to={`/flows/${data.id}`}>its flow</Link>.
              <Places of={data} />
            </span>
          </p>
          <Sheets
            label="Of the service"
            sheets={{
              Report: () => <ReportSheet key={id} of={data} />,
              About: () => <About of={data} />,
              'As a flow': () => <AsFlow of={id} />,
            }}
          />
        </>
      )}
    </Frame>
  )
}

/** The same service outside of environments and in each that has it: each place has a report of its own. */
function Places({ of }: { of: Service }) {
  const base = of.environment ? of.id.slice(0, of.id.indexOf('@')) : of.id
  const others = of.environments.filter(one => one !== of.environment)
  return (
    <>
      {of.environment && (
        <>
          {' '}
          It runs in environment <Link to={`/environments/${of.environment}`}>{of.environment}</Link>; <Link to={`/services/${base}`}>outside</Link> it is another flow.
        </>
      )}
      {others.length > 0 && (
        <>
          {' '}
          {of.environment ? 'Also in' : 'It is in environments, too:'}{' '}
          {others.map((one, place) => (
            <span key={one}>
              {place > 0 && ', '}
              <Link to={`/services/${base}@${one}`}>{one}</Link>
            </span>
          ))}
          .
        </>
      )}
    </>
  )
}

function About({ of }: { of: Service }) {
  const list = (texts: string[], none: string) => (texts.length > 0 ? texts.join(', ') : none)
  const inputs = Object.entries(of.inputs).map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
  return (
    <>
      <Facts
        label="What it is"
        facts={[
          ['file', of.file],
          ['environment', of.environment ?? 'none'],
          [of.environment ? 'status in the environment' : 'status in the file', of.status],
          ['started by', list(of.triggers, 'hand alone')],
          ['inputs of the source', list(inputs, 'none')],
          ['what failed is tried again at', list(of.sweeps, 'no time by itself')],
          ['records of a page', String(of.pageSize ?? 'as the connector says')],
          ['a read is tried', of.attempts === null ? 'as the connector says' : `${of.attempts} times`],
          ['zone of dates without an offset', of.zone ?? 'none'],
          ['told of failures', list(of.alerts, 'who the runtime tells')],
          ['labels', list(of.labels, 'none')],
        ]}
      />
      <Title headingLevel="h2" size="lg" className="pb-turn">
        Notes
      </Title>
      {of.notes.length === 0 ? (
        <p className="pb-quiet">Nobody wrote one: patchbay service notes {of.environment ? of.id.slice(0, of.id.indexOf('@')) : of.id} --add TEXT does.</p>
      ) : (
        <ul>
          {of.notes.map((note, place) => (
            <li key={place} className="pb-reason">
              {note}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function AsFlow({ of }: { of: string }) {
  const flow = usePolled(`flow of ${of}`, signal => get<{ text: string }>(path`services/${of}/flow`, {}, signal), () => 30_000)
  return (
    <>
      <Sentence error={flow.error} />
      {!flow.data && !flow.error && <Spinner aria-label="The flow is loaded" />}
      {flow.data && (
        <pre className="pb-text pb-payload" tabIndex={0} aria-label="Text of the flow">
          {flow.data.text}
        </pre>
      )}
    </>
  )
}
