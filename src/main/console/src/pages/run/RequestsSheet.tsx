import { useMemo } from 'react'
import { ExpandableSection, Label } from '@patternfly/react-core'
import type { RequestMade } from '../../api/types'
import { Nothing } from '../../parts/Nothing'
import { Rows, type Column } from '../../parts/Rows'
import { Sentence } from '../../parts/Sentence'
import { bytes, duration, moment } from '../../parts/time'
import type { Polled } from '../../parts/usePolled'
import { RequestBodies } from './RequestBodies'
import { failed } from './timeline'

/** @param run whose requests they are; a call by hand is of none, and nothing of its bodies is kept */
const columns = (run?: string): Column<RequestMade>[] => [
  { title: 'At', by: request => request.at, cell: request => <span className="pb-nowrap">{moment(request.at)}</span> },
  { title: 'Shape', by: request => request.shape ?? '', cell: request => request.shape ?? '' },
  { title: 'Try', right: true, by: request => request.attempt, cell: request => request.attempt },
  { title: 'Answer', by: request => request.status, cell: request => <Answer of={request} /> },
  {
    title: 'Request',
    cell: request => (
      <>
        <div>
          {request.instance} / {request.endpoint}
        </div>
        <ExpandableSection toggleContent={<span className="pb-mono pb-target">{`${request.method} ${request.target}`}</span>}>
          <Headers title="Sent" of={request.requestHeaders} />
          <Headers title="Received" of={request.responseHeaders} />
          {run && request.bodies && <RequestBodies run={run} of={request.bodies} />}
        </ExpandableSection>
        {request.error && <div className="pb-bad">{request.error}</div>}
      </>
    ),
  },
  { title: 'Took', right: true, by: request => request.tookMs, cell: request => <span className="pb-nowrap">{duration(request.tookMs)}</span> },
  { title: 'Sent', right: true, by: request => request.sent, cell: request => <span className="pb-nowrap">{bytes(request.sent)}</span> },
  { title: 'Received', right: true, by: request => request.received, cell: request => <span className="pb-nowrap">{bytes(request.received)}</span> },
]

const narrowColumns = ['Request', 'Answer', 'Took'].flatMap(title => columns().filter(column => column.title === title))

export function RequestsSheet({ run, requests }: { run: string; requests: Polled<RequestMade[]> }) {
  return (
    <>
      <Sentence error={requests.error} />
      {requests.data?.length === 0 ? (
        <Nothing title="No request">The run asked no outside system, or has not yet.</Nothing>
      ) : (
        <RequestRows run={run} requests={requests.data ?? []} />
      )}
    </>
  )
}

/** @param narrow whether only what was asked, what came of it, and how long it took has room */
export function RequestRows({ run, requests, narrow = false }: { run?: string; requests: RequestMade[]; narrow?: boolean }) {
  const wide = useMemo(() => columns(run), [run])
  return (
    <Rows label="Requests to outside systems" rows={requests} columns={narrow ? narrowColumns : wide} id={request => `${request.at} ${request.shape} ${request.attempt} ${request.target}`} />
  )
}

function Answer({ of }: { of: RequestMade }) {
  return (
    <Label isCompact status={failed(of) ? 'danger' : 'success'} variant="outline">
      {of.status === 0 ? (of.error ? 'none' : 'done') : String(of.status)}
    </Label>
  )
}

function Headers({ title, of }: { title: string; of: Record<string, string> }) {
  const lines = Object.entries(of).map(([name, value]) => `${name}: ${value}`)
  return (
    <>
      <div className="pb-quiet">{title}</div>
      <pre className="pb-text">{lines.join('\n') || 'no headers'}</pre>
    </>
  )
}
