import { Link, useParams } from 'react-router-dom'
import { DescriptionList, DescriptionListDescription, DescriptionListGroup, DescriptionListTerm, Flex, Spinner } from '@patternfly/react-core'
import { get, path, post, type Page } from '../../api/client'
import type { Payload, Replays, RequestMade, Run } from '../../api/types'
import { Act } from '../../parts/Act'
import { Frame } from '../../parts/Frame'
import { Sentence } from '../../parts/Sentence'
import { Sheets } from '../../parts/Sheets'
import { Status } from '../../parts/Status'
import { duration, moment } from '../../parts/time'
import { useFilter } from '../../parts/useFilter'
import { usePolled, type Polled } from '../../parts/usePolled'
import { FactsSheet } from './FactsSheet'
import { LogSheet } from './LogSheet'
import { PayloadsSheet } from './PayloadsSheet'
import { leftOut } from './replayed'
import { RequestsSheet } from './RequestsSheet'
import { TimelineSheet } from './TimelineSheet'

const LIVE = 2000

/** One run: what happened, and while it runs, what happens. */
export default function RunPage() {
  const { run: id = '' } = useParams()
  const run = usePolled(id, signal => get<Run>(path`runs/${id}`, {}, signal), answer => (answer?.endedAt ? null : LIVE))
  // What is known of the run changes the key: its parts are asked for when it is there, and what came last once more when it ended.
  const state = `${id} ${run.data ? (run.data.endedAt ?? 'goes on') : ''}`
  const payloads = usePart<Payload>('payloads', id, state, run)
  const requests = usePart<RequestMade>('requests', id, state, run)
  const [, setFilter] = useFilter('sheet', 'shape')
  const data = run.data
  const failed = data?.shapes.some(shape => shape.payloadsFailed > 0) ?? false
  return (
    <Frame
      title={data ? `Run of ${moment(data.queuedAt)}` : `Run ${id}`}
      above={data ? [['Flows', '/flows'], [data.flow, `/flows/${data.flow}`]] : [['Runs', '/runs']]}
      marks={data && <Status of={data.status} />}
      actions={
        data && (
          <Flex>
            {!data.endedAt && (
              <Act
                label="Stop"
                needs="stopRuns"
                variant="danger"
                ask="It ends between two payloads; one that waits ends at once. What was sent stays sent."
                act={() => post(path`runs/${id}/stop`)}
                done={run.again}
              />
            )}
            {data.endedAt && failed && (
              <Act
                label="Replay what failed"
                needs="replayRuns"
                ask="Each payload that failed in this run and waits for someone is sent through the shape in which it failed again, in a run of its own. Mend the cause first."
                act={async () => {
                  const left = leftOut(await post<Replays>(path`runs/${id}/replay`))
                  run.again()
                  if (left) {
                    throw left
                  }
                }}
              />
            )}
          </Flex>
        )
      }
    >
      <Sentence error={run.error} />
      {data?.reason && <p className="pb-reason">{data.reason}</p>}
      {!data && !run.error && <Spinner aria-label="The run is loaded" />}
      {data && (
        <>
          <DescriptionList isCompact isHorizontal columnModifier={{ default: '3Col' }} className="pb-facts">
            <Fact name="Flow">
              <Link to={`/flows/${data.flow}`}>{data.flow}</Link>
            </Fact>
            <Fact name="Started by">{data.trigger}</Fact>
            <Fact name="Took">{data.tookMs === null ? (data.startedAt ? 'runs' : 'waits for its turn') : duration(data.tookMs)}</Fact>
          </DescriptionList>
          <Sheets
            label="What is known of the run"
            sheets={{
              timeline: () => (
                <TimelineSheet
                  run={data}
                  payloads={payloads.data ?? []}
                  requests={requests.data ?? []}
                  onShape={shape => setFilter({ sheet: 'payloads', shape })}
                />
              ),
              payloads: () => <PayloadsSheet run={data} payloads={payloads} />,
              requests: () => <RequestsSheet run={id} requests={requests} />,
              log: () => <LogSheet run={data} />,
              metadata: () => <FactsSheet run={data} payloads={payloads.data ?? []} />,
            }}
          />
        </>
      )}
    </Frame>
  )
}

function usePart<T>(part: string, id: string, state: string, run: Polled<Run>): Polled<T[]> {
  return usePolled(
    `${part} ${state}`,
    run.data && (async signal => (await get<Page<T>>(`${path`runs/${id}`}/${part}`, {}, signal)).data),
    known => (run.data?.endedAt ? null : (known?.length ?? 0) > 1000 ? 5 * LIVE : LIVE),
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <DescriptionListGroup>
      <DescriptionListTerm>{name}</DescriptionListTerm>
      <DescriptionListDescription>{children}</DescriptionListDescription>
    </DescriptionListGroup>
  )
}
