import { useState } from 'react'
import { SearchInput, Title } from '@patternfly/react-core'
import { Link } from 'react-router-dom'
import type { Sighting } from '../../api/operating'
import { Frame } from '../../parts/Frame'
import { Nothing } from '../../parts/Nothing'
import { Rows, type Column } from '../../parts/Rows'
import { Sentence } from '../../parts/Sentence'
import { moment } from '../../parts/time'
import { Turn } from '../../parts/Turn'
import { useFilter } from '../../parts/useFilter'
import { usePages } from '../../parts/usePages'
import { RunTable } from '../runs/RunTable'

const columns: Column<Sighting>[] = [
  { title: 'Seen', cell: one => <span className="pb-nowrap">{moment(one.seenAt)}</span> },
  { title: 'What', cell: one => `${one.entity} ${one.value}` },
  { title: 'Direction', cell: one => one.direction },
  { title: 'Outcome', cell: one => <Outcome of={one} /> },
  { title: 'System', cell: one => one.source ?? '–' },
  { title: 'Flow', cell: one => <Link to={`/flows/${one.flow}`}>{one.flow}</Link> },
  { title: 'Run', cell: one => <Link to={`/flows/${one.flow}/runs/${one.run}`}>run</Link> },
]

/** What became of a record that was seen: it may fail behind the shape that saw it. */
function Outcome({ of: one }: { of: Sighting }) {
  if (one.failedAt) {
    const since = one.failedState && ['resolved', 'replayed', 'caught'].includes(one.failedState) ? `, ${one.failedState}` : ''
    return <span className={since ? undefined : 'pb-bad'}>{`failed at ${one.failedAt}${since}`}</span>
  }
  if (!one.success) {
    return <span className="pb-bad">failed</span>
  }
  switch (one.runStatus) {
    case 'succeeded':
      return 'went well'
    case 'partial':
      return <span className="pb-bad">passed, its run failed in part</span>
    case 'failed':
      return <span className="pb-bad">passed, its run failed</span>
    case 'stopped':
      return <span className="pb-bad">passed, its run was stopped</span>
    case 'running':
    case 'queued':
      return 'passed, its run goes on'
    default:
      return 'passed, its run is not kept'
  }
}

/** What happened to one thing, such as order 1001. */
export default function SearchPage() {
  const [{ key }, setFilter] = useFilter('key')
  const [typed, setTyped] = useState(key)
  return (
    <Frame title="Search">
      <SearchInput
        aria-label="Business key, like an order's number"
        placeholder="Order, customer, item: its number, whole"
        value={typed}
        onChange={(_event, text) => setTyped(text)}
        onSearch={() => setFilter({ key: typed.trim() })}
        onClear={() => {
          setTyped('')
          setFilter({ key: '' })
        }}
      />
      {key ? <Found business={key} /> : <Nothing title="What happened to …?">Write the number of an order, say, and press Enter.</Nothing>}
    </Frame>
  )
}

function Found({ business }: { business: string }) {
  const seen = usePages<Sighting>('tracked', { value: business })
  return (
    <>
      <Title headingLevel="h2" className="pb-head">
        Where it was seen
      </Title>
      <Sentence error={seen.error} />
      {seen.data?.data.length === 0 ? (
        <Nothing title="It was seen nowhere">
          Flows tell with the shape trackData what they see, and with settings.businessKey what they fail at; a value is found whole.
        </Nothing>
      ) : (
        seen.data && (
          <Rows label="Where it was seen, newest first" rows={seen.data.data} columns={columns} id={one => `${one.run} ${one.shape} ${one.field} ${one.seenAt}`} />
        )
      )}
      <Turn page={seen.page} newer={seen.newer} older={seen.older} />
      <Title headingLevel="h2" className="pb-head">
        Its runs
      </Title>
      <RunTable query={{ businessKey: business }}>No run that is kept saw it or failed at it.</RunTable>
    </>
  )
}
