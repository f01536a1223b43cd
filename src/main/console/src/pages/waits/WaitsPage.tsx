import { Label, Spinner, ToggleGroup, ToggleGroupItem, ToolbarItem, type LabelProps } from '@patternfly/react-core'
import { Link } from 'react-router-dom'
import type { Wait, WaitState } from '../../api/waiting'
import { Find } from '../../parts/Find'
import { Frame } from '../../parts/Frame'
import { Nothing } from '../../parts/Nothing'
import { Rows, type Column } from '../../parts/Rows'
import { Sentence } from '../../parts/Sentence'
import { Turn } from '../../parts/Turn'
import { useFilter } from '../../parts/useFilter'
import { usePages } from '../../parts/usePages'
import { When } from '../../parts/When'
import { Decide } from './Decide'
import { SeeContent } from './SeeContent'

const states: WaitState[] = ['waiting', 'approved', 'rejected', 'released', 'expired']
const looks: Record<WaitState, Pick<LabelProps, 'status' | 'color' | 'variant'>> = {
  waiting: { color: 'blue' },
  approved: { status: 'success', variant: 'outline' },
  rejected: { status: 'danger', variant: 'outline' },
  released: { status: 'success', variant: 'outline' },
  expired: { status: 'warning', variant: 'outline' },
}

/** Payloads that wait for a person or an event. */
export default function WaitsPage() {
  const [filter, setFilter] = useFilter('state', 'q', 'flow')
  const state = (filter.state || 'waiting') as WaitState
  const waits = usePages<Wait>('waits', { state, flow: filter.flow })
  const data = waits.data?.data
  const shown = (data ?? []).filter(wait => fits(wait, filter.q.toLowerCase()))
  const columns: Column<Wait>[] = [
    {
      title: 'Waits for',
      cell: wait => (
        <>
          {wait.title ?? (wait.kind === 'approval' ? 'an approval' : 'an event')}
          {wait.message && <div className="pb-quiet pb-clip">{wait.message}</div>}
          {wait.key && <div className="pb-quiet pb-mono">{wait.key}</div>}
        </>
      ),
    },
    { title: 'Flow', cell: wait => <Link to={`/flows/${wait.flow}`}>{wait.flow}</Link> },
    { title: 'Shape', cell: wait => wait.shape },
    {
      title: 'Since',
      cell: wait => (
        <Link to={`/flows/${wait.flow}/runs/${wait.runId}`} aria-label={`The run that it left, of ${wait.flow}`}>
          <When at={wait.since} />
        </Link>
      ),
    },
    state === 'waiting'
      ? { title: 'Until', cell: wait => <When at={wait.expiresAt} /> }
      : { title: 'Decided', cell: wait => <Decided wait={wait} /> },
    ...(state === 'waiting' ? [{ title: 'Do', cell: (wait: Wait) => <Choices wait={wait} done={waits.again} /> }] : []),
  ]
  return (
    <Frame title="Waits">
      <Sentence error={waits.error} />
      <Find
        label="Find by flow, shape, title or key"
        placeholder="Flow, shape, title or key"
        text={filter.q}
        set={q => setFilter({ q })}
        shown={shown.length}
        of={data?.length}
      >
        <ToolbarItem>
          <ToggleGroup aria-label="Only in this state">
            {states.map(one => (
              <ToggleGroupItem key={one} text={one} isSelected={state === one} onChange={() => setFilter({ state: one === 'waiting' ? '' : one })} />
            ))}
          </ToggleGroup>
        </ToolbarItem>
        {filter.flow && (
          <ToolbarItem>
            <Label onClose={() => setFilter({ flow: '' })}>{`flow: ${filter.flow}`}</Label>
          </ToolbarItem>
        )}
      </Find>
      {!data ? (
        !waits.error && <Spinner size="lg" aria-label="Waits are loaded" />
      ) : data.length === 0 ? (
        <Nothing title={state === 'waiting' ? 'Nothing waits' : `None was ${state}`}>
          A payload that comes to a wait shape is kept here until somebody lets it go on or refuses it, its event is told, or its time is over. What was decided is
          shown for a while.
        </Nothing>
      ) : shown.length === 0 ? (
        <Nothing title="None of these fits">Take the filter away, or turn the page.</Nothing>
      ) : (
        <Rows label="Payloads that wait, oldest first" rows={shown} columns={columns} id={wait => wait.id} />
      )}
      <Turn page={waits.page} newer={waits.newer} older={waits.older} words={['Back', 'On']} />
    </Frame>
  )
}

function Choices({ wait, done }: { wait: Wait; done: () => void }) {
  return (
    <span className="pb-nowrap">
      <SeeContent wait={wait} /> <Decide wait={wait} approve done={done} /> <Decide wait={wait} approve={false} done={done} />
    </span>
  )
}

function Decided({ wait }: { wait: Wait }) {
  return (
    <>
      <Label isCompact {...looks[wait.state]}>
        {wait.state}
      </Label>{' '}
      <When at={wait.decidedAt} />
      {wait.by && <div className="pb-quiet">by {wait.by}</div>}
      {wait.note && <div className="pb-quiet pb-clip">{wait.note}</div>}
      {wait.releasedTo && (
        <div>
          <Link to={`/flows/${wait.flow}/runs/${wait.releasedTo}`}>run that took it on</Link>
        </div>
      )}
    </>
  )
}

function fits(wait: Wait, q: string): boolean {
  return [wait.flow, wait.shape, wait.title ?? '', wait.key ?? ''].some(text => text.toLowerCase().includes(q))
}
