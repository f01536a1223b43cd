import { Spinner } from '@patternfly/react-core'
import { useParams } from 'react-router-dom'
import { path } from '../../api/client'
import { Frame } from '../../parts/Frame'
import { Nothing } from '../../parts/Nothing'
import { Rows, type Column } from '../../parts/Rows'
import { Sentence } from '../../parts/Sentence'
import { Turn } from '../../parts/Turn'
import { usePages } from '../../parts/usePages'

interface RefusedPayload {
  failedPayload: string
  reason: string
}

const columns: Column<RefusedPayload>[] = [
  { title: 'Failed payload', cell: one => <span className="pb-mono">{one.failedPayload}</span> },
  { title: 'Why it was not replayed', cell: one => one.reason },
]

/** What a replay of many could not replay. */
export default function RefusedPage() {
  const { job = '' } = useParams()
  const refused = usePages<RefusedPayload>(path`replays/${job}/refused`, {})
  return (
    <Frame title="What was not replayed" above={[['Failures', '/failures']]}>
      <Sentence error={refused.error} />
      {!refused.data ? (
        !refused.error && <Spinner size="lg" aria-label="What was refused is loaded" />
      ) : refused.data.data.length === 0 ? (
        <Nothing title="Nothing was refused">Each payload that this replay took has a run of its own.</Nothing>
      ) : (
        <Rows label="Payloads that were not replayed, oldest first" rows={refused.data.data} columns={columns} id={one => one.failedPayload} />
      )}
      <Turn page={refused.page} newer={refused.newer} older={refused.older} />
    </Frame>
  )
}
