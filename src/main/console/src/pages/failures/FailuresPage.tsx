import { Spinner } from '@patternfly/react-core'
import { Link } from 'react-router-dom'
import type { Cause } from '../../api/operating'
import { Frame } from '../../parts/Frame'
import { Nothing } from '../../parts/Nothing'
import { Rows, type Column } from '../../parts/Rows'
import { Sentence } from '../../parts/Sentence'
import { count } from '../../parts/time'
import { Turn } from '../../parts/Turn'
import { usePages } from '../../parts/usePages'
import { When } from '../../parts/When'
import { Jobs } from './Jobs'
import { ReplayAll } from './ReplayAll'

/** Why payloads failed that wait for somebody: those that failed alike together. */
export default function FailuresPage() {
  const causes = usePages<Cause>('failed-payloads/causes', {}, 100, 15_000)
  const columns: Column<Cause>[] = [
    {
      title: 'Reason',
      cell: cause => (
        <Link to={`/failures/${cause.id}`} className="pb-clip">
          {cause.reason}
        </Link>
      ),
    },
    { title: 'Payloads', right: true, cell: cause => count(cause.count) },
    { title: 'Flow', cell: cause => <Link to={`/flows/${cause.flow}`}>{cause.flow}</Link> },
    { title: 'Shape', cell: cause => cause.shape },
    { title: 'Code', cell: cause => <span className="pb-mono">{cause.code}</span> },
    { title: 'First', cell: cause => <When at={cause.firstAt} /> },
    { title: 'Last', cell: cause => <When at={cause.lastAt} /> },
    { title: 'Do', cell: cause => <ReplayAll cause={cause} done={causes.again} /> },
  ]
  return (
    <Frame title="Failures">
      <Sentence error={causes.error} />
      {!causes.data ? (
        !causes.error && <Spinner size="lg" aria-label="Failures are loaded" />
      ) : causes.data.data.length === 0 ? (
        <Nothing title="Nothing waits for you">
          A payload that used up its tries is kept and shown here, with those that failed alike, until it is replayed or resolved.
        </Nothing>
      ) : (
        <Rows label="Causes of failures" rows={mostFirst(causes.data.data)} columns={columns} id={cause => cause.id} />
      )}
      <Turn page={causes.page} newer={causes.newer} older={causes.older} />
      <Jobs />
    </Frame>
  )
}

/** What most payloads failed of is what to look at first. */
function mostFirst(causes: Cause[]): Cause[] {
  return [...causes].sort((a, b) => b.count - a.count)
}
