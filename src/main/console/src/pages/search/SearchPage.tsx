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
  { title: 'Outcome', cell: one => (one.success ? 'went well' : <span className="pb-bad">failed</span>) },
  { title: 'System', cell: one => one.source ?? '–' },
  { title: 'Flow', cell: one => <Link to={`/flows/${one.flow}`}>{one.flow}</Link> },
  { title: 'Run', cell: one => <Link to={`/flows/${one.flow}/runs/${one.run}`}>run</Link> },
]

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
