import { Flex, Spinner } from '@patternfly/react-core'
import { Link, useParams } from 'react-router-dom'
import { get, path, post } from '../../api/client'
import type { Flow } from '../../api/types'
import { Act } from '../../parts/Act'
import { Frame } from '../../parts/Frame'
import { Sentence } from '../../parts/Sentence'
import { Sheets } from '../../parts/Sheets'
import { count } from '../../parts/time'
import { useFilter } from '../../parts/useFilter'
import { usePolled } from '../../parts/usePolled'
import { When } from '../../parts/When'
import { RunTable } from '../runs/RunTable'
import { StatusFilter } from '../runs/RunsPage'
import { CanvasSheet } from './canvas/CanvasSheet'
import { FlowState } from './FlowState'
import { LayoutSheet } from './LayoutSheet'
import { ProblemsOf } from './ProblemsOf'
import { StartFlow } from './StartFlow'

/** One flow: its picture with what passes it, its runs, and how it is laid out. */
export default function FlowPage() {
  const { flow: id = '' } = useParams()
  const flow = usePolled(id, signal => get<Flow>(path`flows/${id}`, {}, signal))
  const data = flow.data
  return (
    <Frame
      title={data?.name ?? id}
      above={[['Flows', '/flows']]}
      marks={data && <FlowState of={data} />}
      actions={
        data && (
          <Flex>
            {data.enabled ? (
              <Act
                label="Pause"
                needs="disableFlows"
                ask="Its triggers do not fire and its starts wait until it goes on, also over restarts. What you start or replay here runs all the same, and runs that go on come to their end."
                act={() => post(path`flows/${id}/disable`)}
                done={flow.again}
              />
            ) : (
              <Act label="Go on" needs="enableFlows" act={() => post(path`flows/${id}/enable`)} done={flow.again} />
            )}
            {data.revision !== null && <StartFlow flow={data} started={flow.again} />}
          </Flex>
        )
      }
    >
      <Sentence error={flow.error} />
      {!data && !flow.error && <Spinner aria-label="The flow is loaded" />}
      {data && (
        <>
          <ProblemsOf flow={data} />
          <p className="pb-facts">
            <span className="pb-quiet">Last run</span>{' '}
            {data.lastRun ? (
              <Link to={`/flows/${id}/runs/${data.lastRun.id}`}>
                {data.lastRun.status}, <When at={data.lastRun.queuedAt} />
              </Link>
            ) : (
              'none'
            )}
            <span className="pb-quiet"> · next</span> <When at={data.nextRunAt} />
            <span className="pb-quiet"> · running</span> {count(data.running)}
            <span className="pb-quiet"> · waiting</span> {count(data.queued)}
            <span className="pb-quiet"> · started by</span> {data.triggers.join('; ') || 'hand'}
            <span className="pb-quiet"> · file</span> <span className="pb-mono">{data.file}</span>
            <span className="pb-quiet"> · </span>
            <Link to={`/flows/${id}/versions`}>
              {data.version?.running ? `version ${data.version.running}` : 'versions'}
              {data.version && data.version.fileState !== 'runs' && ', not what the file says'}
            </Link>
          </p>
          <Sheets
            label="What is known of the flow"
            sheets={{
              picture: () => <CanvasSheet flow={data} />,
              runs: () => <RunsSheet flow={data} />,
              layout: () => <LayoutSheet flow={data} />,
            }}
          />
        </>
      )}
    </Frame>
  )
}

function RunsSheet({ flow }: { flow: Flow }) {
  const [{ status }, setFilter] = useFilter('status')
  return (
    <>
      <StatusFilter value={status} onChange={to => setFilter({ status: to })} />
      <RunTable query={{ flow: flow.id, status }} ofOne>
        {status ? 'Take the filter away.' : 'It has not run yet, or its runs were deleted with age. Start it above, or let what starts it do so.'}
      </RunTable>
    </>
  )
}
