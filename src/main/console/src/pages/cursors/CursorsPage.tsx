import { useMemo } from 'react'
import { Spinner } from '@patternfly/react-core'
import { Link } from 'react-router-dom'
import { all, post } from '../../api/client'
import type { Cursor } from '../../api/stores'
import { Act } from '../../parts/Act'
import { Find } from '../../parts/Find'
import { Frame } from '../../parts/Frame'
import { Nothing } from '../../parts/Nothing'
import { Rows, type Column } from '../../parts/Rows'
import { Sentence } from '../../parts/Sentence'
import { useFilter } from '../../parts/useFilter'
import { usePolled } from '../../parts/usePolled'
import { When } from '../../parts/When'
import { cursorPath } from './cursorPath'
import { MoveCursor } from './MoveCursor'

/** How far flows came in lists that grow. */
export default function CursorsPage() {
  const cursors = usePolled('cursors', signal => all<Cursor>('cursors', {}, signal))
  const [filter, setFilter] = useFilter('q')
  const shown = useMemo(() => (cursors.data ?? []).filter(cursor => fits(cursor, filter.q.toLowerCase())), [cursors.data, filter.q])
  const columns: Column<Cursor>[] = [
    { title: 'Flow', by: cursor => cursor.flow, cell: cursor => <Link to={`/flows/${cursor.flow}`}>{cursor.flow}</Link> },
    { title: 'List', by: cursor => `${cursor.instance} ${cursor.endpoint}`, cell: cursor => <List of={cursor} /> },
    {
      title: 'The next run begins at',
      by: cursor => cursor.position,
      cell: cursor => (
        <>
          <span className="pb-mono pb-target">{cursor.position}</span>
          {cursor.kind === 'datetime' && (
            <div className="pb-quiet">
              <When at={cursor.position} />
            </div>
          )}
        </>
      ),
    },
    { title: 'Moved', by: cursor => cursor.movedAt, cell: cursor => <When at={cursor.movedAt} /> },
    { title: 'By', cell: cursor => (cursor.run === null ? 'hand' : <Link to={`/flows/${cursor.flow}/runs/${cursor.run}`}>run</Link>) },
    { title: 'Do', cell: cursor => <Choices of={cursor} done={cursors.again} /> },
  ]
  return (
    <Frame title="Cursors">
      <Sentence error={cursors.error} />
      {!cursors.data ? (
        !cursors.error && <Spinner size="lg" aria-label="Cursors are loaded" />
      ) : cursors.data.length === 0 ? (
        <Nothing title="There is no cursor yet">
          A flow that calls an endpoint with incremental reads what came since its run before. Start such a flow on its page: where it came to is kept here when
          the run has delivered.
        </Nothing>
      ) : (
        <>
          <Find
            label="Find cursors by flow, instance or endpoint"
            placeholder="Flow, instance or endpoint"
            text={filter.q}
            set={q => setFilter({ q })}
            shown={shown.length}
            of={cursors.data.length}
          />
          {shown.length === 0 ? (
            <Nothing title="No cursor fits">Take the filter away.</Nothing>
          ) : (
            <Rows label="Cursors" rows={shown} columns={columns} id={cursor => `${cursorPath(cursor)} ${cursor.digest}`} first={[0, 'asc']} />
          )}
        </>
      )}
    </Frame>
  )
}

function List({ of }: { of: Cursor }) {
  return (
    <>
      <Link to={`/instances/${encodeURIComponent(of.instance)}`}>{of.instance}</Link> / {of.endpoint}
      {of.inputs && <div className="pb-quiet pb-mono pb-clip">{of.inputs}</div>}
    </>
  )
}

function Choices({ of, done }: { of: Cursor; done: () => void }) {
  return (
    <span className="pb-nowrap">
      <MoveCursor of={of} done={done} />{' '}
      <Act
        label="Forget"
        needs="forgetCursors"
        variant="danger"
        ask={`The next run of ${of.flow} begins where the file of the connector says, as the first one did: it may read and send again what it had.`}
        act={() => post(`${cursorPath(of)}/forget`, { digest: of.digest })}
        done={done}
      />
    </span>
  )
}

function fits(cursor: Cursor, q: string): boolean {
  return [cursor.flow, cursor.instance, cursor.endpoint].some(text => text.toLowerCase().includes(q))
}
