import { Link } from 'react-router-dom'
import type { ReactNode } from 'react'
import type { Payload, Run } from '../../api/types'
import { Facts } from '../../parts/Facts'
import { moment } from '../../parts/time'

/** What stands around the run: its times, what it came from, metadata and variables. */
export function FactsSheet({ run, payloads }: { run: Run; payloads: Payload[] }) {
  const first = payloads.find(payload => payload.direction === 'in')
  const facts: [string, ReactNode][] = [
    ['id', run.id],
    ['revision', run.revision],
    ['accepted', moment(run.queuedAt)],
    ['began', run.startedAt ? moment(run.startedAt) : 'not yet'],
    ['ended', run.endedAt ? moment(run.endedAt) : 'not yet'],
    ['goes on from', run.parent ? <Link to={`/runs/${run.parent}`}>{run.parent}</Link> : 'no other run'],
    ['taken up again after a crash', String(run.resumed)],
  ]
  return (
    <>
      <Facts label="Of the run" facts={facts} />
      {first?.variables && <Facts label="Variables that the start gave" facts={Object.entries(first.variables).map(([name, value]) => [name, JSON.stringify(value)])} />}
      {first && <Facts label="Metadata of the first payload" facts={Object.entries(first.meta)} />}
    </>
  )
}
