import { useMemo, useState, type ReactNode } from 'react'
import {
  Alert,
  FormSelect,
  FormSelectOption,
  Label,
  SearchInput,
  Spinner,
  ToggleGroup,
  ToggleGroupItem,
  Toolbar,
  ToolbarContent,
  ToolbarItem,
  type LabelProps,
} from '@patternfly/react-core'
import { Link } from 'react-router-dom'
import { content, path, post, type Query } from '../../api/client'
import type { Item, ItemStatus, Resynced, Service } from '../../api/services'
import { Act } from '../../parts/Act'
import { Nothing } from '../../parts/Nothing'
import { Rows, type Column } from '../../parts/Rows'
import { save } from '../../parts/save'
import { Sentence } from '../../parts/Sentence'
import { Turn } from '../../parts/Turn'
import { useFilter } from '../../parts/useFilter'
import { usePages } from '../../parts/usePages'
import { When } from '../../parts/When'
import { resyncAll, type Outcome } from './resync'

const DAY_MS = 86_400_000
const looks: Record<ItemStatus, Pick<LabelProps, 'status' | 'color' | 'variant'>> = {
  ok: { status: 'success', variant: 'outline' },
  sent: { color: 'blue', variant: 'outline' },
  pending: { status: 'warning' },
  failed: { status: 'danger' },
}

/** The newest that is known of each item, and ways to send it again. */
export function ReportSheet({ of }: { of: Service }) {
  const [filter, setFilter] = useFilter('status', 'q', 'days')
  const days = filter.days || '5'
  const since = useMemo(() => new Date(Date.now() - Number(days) * DAY_MS).toISOString(), [days])
  const which: Query = { status: filter.status, q: filter.q, since }
  const items = usePages<Item>(path`services/${of.id}/report`, which)
  const [outcome, setOutcome] = useState<Outcome>()
  // The time always goes along: without it, an item that is shown may be too old to be found.
  const again = async (asked: Query) => setOutcome(await resyncAll(after => post<Resynced>(path`services/${of.id}/resync`, { ...asked, after })))
  const rows = items.data?.data
  const resends = filter.status === '' || filter.status === 'pending' || filter.status === 'failed'
  return (
    <>
      <Filters of={of} filter={{ ...filter, days }} set={setFilter}>
        <ToolbarItem align={{ default: 'alignEnd' }}>
          <Act
            label="Save as CSV"
            needs="exportServiceReport"
            act={async () => save((await content(path`services/${of.id}/report/export`, which)).bytes, `${of.id}.csv`)}
          />
        </ToolbarItem>
        <ToolbarItem>
          <Act
            label="Send all again"
            needs="resyncServiceReport"
            isDisabled={!resends || !rows?.length}
            ask={`All items of the last ${days} days that ${filter.status ? `are ${filter.status}` : 'failed'}${filter.q ? ` and hold '${filter.q}'` : ''} are sent again, under the service as it is now. Items that no further try can mend are left out.`}
            act={() => again(which)}
            done={items.again}
          />
        </ToolbarItem>
      </Filters>
      <Sentence error={items.error} />
      {outcome && <Told of={outcome} />}
      {!rows ? (
        !items.error && <Spinner size="lg" aria-label="The report is loaded" />
      ) : rows.length === 0 ? (
        <Nothing title={filter.status || filter.q ? 'No item fits' : `No item in ${days} days`}>
          {filter.status || filter.q ? 'Take a filter away.' : 'An item has a line as soon as it was sent or failed; one that a filter left out has none.'}
        </Nothing>
      ) : (
        <Rows label="Items, newest first" rows={rows} columns={columns(of.id, since, again, items.again)} id={item => `${item.reference} ${item.failedPayload} ${item.run}`} />
      )}
      <Turn page={items.page} newer={items.newer} older={items.older} />
    </>
  )
}

function columns(service: string, since: string, again: (asked: Query) => Promise<void>, done: () => void): Column<Item>[] {
  return [
    { title: 'Reference', cell: item => (item.reference === null ? <span className="pb-quiet">not read</span> : <span className="pb-mono pb-target">{item.reference}</span>) },
    {
      title: 'Status',
      cell: item => (
        <Label isCompact {...looks[item.status]}>
          {item.status}
        </Label>
      ),
    },
    {
      title: 'Since',
      cell: item => (
        <Link to={`/flows/${service}/runs/${item.run}`} aria-label={`Run of ${item.reference ?? 'the item'}`}>
          <When at={item.at} />
        </Link>
      ),
    },
    { title: 'Attempts', right: true, cell: item => item.attempts },
    {
      title: 'Reason',
      cell: item =>
        item.reason && (
          <>
            <div className="pb-clip" title={item.reason}>
              {item.reason}
            </div>
            <div className="pb-quiet">
              {item.code} in {item.shape}
            </div>
          </>
        ),
    },
    {
      title: 'Do',
      cell: item =>
        item.reference !== null &&
        (item.status === 'pending' || item.status === 'failed') && (
          <Act label="Send again" needs="resyncServiceReport" act={() => again({ reference: item.reference ?? undefined, since })} done={done} />
        ),
    },
  ]
}

interface FiltersProps {
  of: Service
  filter: { status: string; q: string; days: string }
  set: (change: { status?: string; q?: string; days?: string }) => void
  children: ReactNode
}

function Filters({ of, filter, set, children }: FiltersProps) {
  const [typed, setTyped] = useState(filter.q)
  const statuses: ItemStatus[] = [of.confirms ? 'ok' : 'sent', 'pending', 'failed']
  return (
    <Toolbar>
      <ToolbarContent alignItems="center">
        <ToolbarItem>
          <SearchInput
            className="pb-find"
            aria-label="Only items whose reference or reason holds this"
            placeholder="Reference or reason; then Enter"
            value={typed}
            onChange={(_event, text) => setTyped(text)}
            onSearch={() => set({ q: typed.trim() })}
            onClear={() => {
              setTyped('')
              set({ q: '' })
            }}
          />
        </ToolbarItem>
        <ToolbarItem>
          <ToggleGroup aria-label="Only items with this status">
            {statuses.map(one => (
              <ToggleGroupItem key={one} text={one} isSelected={filter.status === one} onChange={() => set({ status: filter.status === one ? '' : one })} />
            ))}
          </ToggleGroup>
        </ToolbarItem>
        <ToolbarItem>
          <FormSelect aria-label="How far back" className="pb-select" value={filter.days} onChange={(_event, days) => set({ days })}>
            {['1', '5', '15'].map(days => (
              <FormSelectOption key={days} value={days} label={days === '1' ? 'the last day' : `the last ${days} days`} />
            ))}
          </FormSelect>
        </ToolbarItem>
        {children}
      </ToolbarContent>
    </Toolbar>
  )
}

function Told({ of }: { of: Outcome }) {
  const items = (count: number) => (count === 1 ? '1 item is' : `${count} items are`)
  return (
    <Alert
      variant={of.refused > 0 ? 'warning' : 'success'}
      isInline
      title={`${items(of.again)} sent again${of.refused > 0 ? `, ${items(of.refused)} not` : ''}.`}
      className="pb-sentence"
    >
      {of.reasons.map((one, place) => (
        <div key={place}>
          {one.reference ?? 'an item without a reference'}: {one.refused}
        </div>
      ))}
      {of.refused > of.reasons.length && <div>and {of.refused - of.reasons.length} more.</div>}
      {!of.whole && <div>There are more: send all again once more.</div>}
    </Alert>
  )
}
