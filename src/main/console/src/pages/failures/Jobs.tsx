import { Title } from '@patternfly/react-core'
import { Link } from 'react-router-dom'
import { get, path, post, type Page } from '../../api/client'
import type { ReplayJob } from '../../api/operating'
import { Act } from '../../parts/Act'
import { Rows, type Column } from '../../parts/Rows'
import { Sentence } from '../../parts/Sentence'
import { count } from '../../parts/time'
import { usePolled } from '../../parts/usePolled'
import { When } from '../../parts/When'
import { filtered } from './filtered'

/** The runtime counts no further. */
const COUNTED = 10_000

/** Replays of many: how far each came, and the way to what it could not replay. Nothing while there was none. */
export function Jobs() {
  const jobs = usePolled<Page<ReplayJob>>('replays', signal => get('replays', {}, signal), answer => (answer?.data.some(goes) ? 2000 : 5000))
  if (!jobs.error && !jobs.data?.data.length) {
    return null
  }
  const columns: Column<ReplayJob>[] = [
    { title: 'Begun', by: job => job.begunAt, cell: job => <When at={job.begunAt} /> },
    { title: 'Which payloads', cell: job => <span className="pb-clip">{filtered(job.filter)}</span> },
    { title: 'State', by: job => job.state, cell: job => job.state },
    { title: 'Replayed', right: true, by: job => job.replayed, cell: job => count(job.replayed) },
    { title: 'Refused', right: true, by: job => job.refused, cell: job => (job.refused ? <Link to={`/failures/_replays/${job.id}`}>{count(job.refused)}</Link> : 0) },
    { title: 'Waiting', right: true, by: job => job.waiting ?? 0, cell: job => (job.waiting === null ? '–' : job.waiting < COUNTED ? count(job.waiting) : `${count(job.waiting)} or more`) },
    { title: 'What it waits for, or was refused last', cell: job => <span className="pb-clip">{job.message ?? '–'}</span> },
    { title: 'Do', cell: job => goes(job) && <Act label="Stop" needs="stopReplays" act={() => post(path`replays/${job.id}/stop`)} done={jobs.again} /> },
  ]
  return (
    <>
      <Title headingLevel="h2" className="pb-head">Replays of many</Title>
      <Sentence error={jobs.error} />
      {jobs.data && <Rows label="Replays of many, newest first" rows={jobs.data.data} columns={columns} id={job => job.id} />}
    </>
  )
}

function goes(job: ReplayJob) {
  return job.state === 'going'
}
