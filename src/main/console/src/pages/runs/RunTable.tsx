import { Link } from 'react-router-dom'
import { Spinner } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import type { Query } from '../../api/client'
import type { Run } from '../../api/types'
import { Nothing } from '../../parts/Nothing'
import { Rows, type Column } from '../../parts/Rows'
import { Sentence } from '../../parts/Sentence'
import { Status } from '../../parts/Status'
import { count, duration, moment } from '../../parts/time'
import { Turn } from '../../parts/Turn'
import { usePages } from '../../parts/usePages'
import { When } from '../../parts/When'

const flowColumn: Column<Run> = { title: 'Flow', cell: run => <Link to={`/flows/${run.flow}`}>{run.flow}</Link> }

const columns: Column<Run>[] = [
  {
    title: 'Run',
    cell: run => (
      <Link to={`/flows/${run.flow}/runs/${run.id}`} className="pb-nowrap" aria-label={`Run ${run.id}`}>
        {moment(run.queuedAt)}
      </Link>
    ),
  },
  { title: 'Status', cell: run => <Status of={run.status} /> },
  { title: 'Age', cell: run => <When at={run.queuedAt} /> },
  { title: 'Took', right: true, cell: run => (run.tookMs === null ? '–' : <span className="pb-nowrap">{duration(run.tookMs)}</span>) },
  { title: 'Started by', cell: run => run.trigger },
  { title: 'Records', right: true, cell: run => count(Math.max(0, ...run.shapes.map(shape => Math.max(shape.recordsIn, shape.recordsOut)))) },
  { title: 'Failed', right: true, cell: run => <Failed of={run} /> },
  { title: 'Why', cell: run => <span className="pb-clip">{run.reason ?? ''}</span> },
]

function Failed({ of }: { of: Run }) {
  const failed = of.shapes.reduce((sum, shape) => sum + shape.payloadsFailed, 0)
  return <span className={failed ? 'pb-bad' : 'pb-quiet'}>{count(failed)}</span>
}

interface Props {
  query: Query
  /** Whether all are of one flow, which is known then. */
  ofOne?: boolean
  /** What to do when there is none. */
  children: ReactNode
}

/** Runs, newest first. */
export function RunTable({ query, ofOne = false, children }: Props) {
  const runs = usePages<Run>('runs', query)
  return (
    <>
      <Sentence error={runs.error} />
      {!runs.data ? (
        !runs.error && <Spinner size="lg" aria-label="Runs are loaded" />
      ) : runs.data.data.length === 0 ? (
        <Nothing title="No run">{children}</Nothing>
      ) : (
        <Rows
          label="Runs, newest first"
          rows={runs.data.data}
          columns={ofOne ? columns : [columns[0]!, flowColumn, ...columns.slice(1)]}
          id={run => run.id}
        />
      )}
      <Turn page={runs.page} newer={runs.newer} older={runs.older} />
    </>
  )
}
