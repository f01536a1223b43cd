import { Spinner } from '@patternfly/react-core'
import { Link, useParams } from 'react-router-dom'
import { path, post } from '../../api/client'
import type { FailedPayload } from '../../api/types'
import { Act } from '../../parts/Act'
import { Frame } from '../../parts/Frame'
import { Nothing } from '../../parts/Nothing'
import { Rows, type Column } from '../../parts/Rows'
import { Sentence } from '../../parts/Sentence'
import { Turn } from '../../parts/Turn'
import { usePages } from '../../parts/usePages'
import { When } from '../../parts/When'
import { Edited } from './Edited'

/** The payloads that failed for one reason. */
export default function CausePage() {
  const { cause = '' } = useParams()
  const failed = usePages<FailedPayload>('failed-payloads', { cause })
  const columns: Column<FailedPayload>[] = [
    { title: 'Message', cell: one => <span className="pb-clip">{one.message}</span> },
    { title: 'About', cell: one => one.businessKeys.join(', ') || '–' },
    { title: 'State', by: one => one.state, cell: one => one.state },
    { title: 'Failed', by: one => one.at, cell: one => <When at={one.at} /> },
    { title: 'Tries', right: true, by: one => one.attempts, cell: one => one.attempts },
    { title: 'Run', cell: one => <Runs of={one} /> },
    { title: 'Do', cell: one => waits(one) && <Choices of={one} done={failed.again} /> },
  ]
  const first = failed.data?.data[0]
  return (
    <Frame title={first ? `${first.flow}: ${first.shape}, ${first.code}` : 'Failures'} above={[['Failures', '/failures']]}>
      <Sentence error={failed.error} />
      {!failed.data ? (
        !failed.error && <Spinner size="lg" aria-label="Failed payloads are loaded" />
      ) : failed.data.data.length === 0 ? (
        <Nothing title="There is no such payload any more">All were resolved and are past their time, or somebody gave a wrong address.</Nothing>
      ) : (
        <Rows label="Failed payloads, newest first" rows={failed.data.data} columns={columns} id={one => one.id} />
      )}
      <Turn page={failed.page} newer={failed.newer} older={failed.older} />
    </Frame>
  )
}

function Runs({ of }: { of: FailedPayload }) {
  return (
    <>
      <Link to={`/flows/${of.flow}/runs/${of.runId}`}>run</Link>
      {of.replayRun && (
        <>
          , <Link to={`/flows/${of.flow}/runs/${of.replayRun}`}>its replay</Link>
        </>
      )}
    </>
  )
}

function waits(of: FailedPayload) {
  return of.state === 'open' || of.state === 'held'
}

function Choices({ of, done }: { of: FailedPayload; done: () => void }) {
  return (
    <span className="pb-nowrap">
      <Act label="Replay" needs="replayFailedPayloads" act={() => post(path`failed-payloads/${of.id}/replay`)} done={done} /> <Edited of={of} done={done} />{' '}
      <Act
        label="Resolve"
        needs="resolveFailedPayloads"
        variant="link"
        ask="It counts as dealt with, and is not replayed. Its content is kept for its time."
        act={() => post(path`failed-payloads/${of.id}/resolve`)}
        done={done}
      />
    </span>
  )
}
