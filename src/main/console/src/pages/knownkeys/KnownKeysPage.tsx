import { useMemo } from 'react'
import { Spinner } from '@patternfly/react-core'
import { Link } from 'react-router-dom'
import { all, path, post } from '../../api/client'
import type { KnownList } from '../../api/waiting'
import { Act } from '../../parts/Act'
import { Find } from '../../parts/Find'
import { Frame } from '../../parts/Frame'
import { Nothing } from '../../parts/Nothing'
import { Rows, type Column } from '../../parts/Rows'
import { Sentence } from '../../parts/Sentence'
import { bytes, count } from '../../parts/time'
import { useFilter } from '../../parts/useFilter'
import { usePolled } from '../../parts/usePolled'
import { When } from '../../parts/When'

/** Keys that are kept of lists whose deletes are what is missing in them. */
export default function KnownKeysPage() {
  const lists = usePolled('known-keys', signal => all<KnownList>('known-keys', {}, signal))
  const [filter, setFilter] = useFilter('q')
  const shown = useMemo(() => (lists.data ?? []).filter(list => fits(list, filter.q.toLowerCase())), [lists.data, filter.q])
  const columns: Column<KnownList>[] = [
    { title: 'Flow', by: list => list.flow, cell: list => <Link to={`/flows/${list.flow}`}>{list.flow}</Link> },
    {
      title: 'List',
      by: list => `${list.instance} ${list.endpoint}`,
      cell: list => (
        <>
          <Link to={`/instances/${encodeURIComponent(list.instance)}`}>{list.instance}</Link> / {list.endpoint}
          {list.inputs && <div className="pb-quiet pb-mono pb-clip">{list.inputs}</div>}
        </>
      ),
    },
    { title: 'Made of', cell: list => <span className="pb-mono">{list.fields}</span> },
    { title: 'Keys', right: true, by: list => list.keys, cell: list => count(list.keys) },
    { title: 'Size', right: true, by: list => list.bytes, cell: list => bytes(list.bytes) },
    {
      title: 'Kept',
      by: list => list.keptAt,
      cell: list => (
        <Link to={`/flows/${list.flow}/runs/${list.run}`}>
          <When at={list.keptAt} />
        </Link>
      ),
    },
    { title: 'Do', cell: list => <Choices of={list} done={lists.again} /> },
  ]
  return (
    <Frame title="Known keys">
      <Sentence error={lists.error} />
      {!lists.data ? (
        !lists.error && <Spinner size="lg" aria-label="Known keys are loaded" />
      ) : lists.data.length === 0 ? (
        <Nothing title="No keys are kept">
          An endpoint whose deletes are what is missing in its list has deletes with type: missingInFull in its connector. Start a flow that calls it: what it finds is kept here,
          and what a later run does not find is told as deleted.
        </Nothing>
      ) : (
        <>
          <Find
            label="Find lists by flow, instance or endpoint"
            placeholder="Flow, instance or endpoint"
            text={filter.q}
            set={q => setFilter({ q })}
            shown={shown.length}
            of={lists.data.length}
          />
          {shown.length === 0 ? (
            <Nothing title="No list fits">Take the filter away.</Nothing>
          ) : (
            <Rows label="Lists with known keys" rows={shown} columns={columns} id={list => `${listPath(list)} ${list.digest}`} first={[0, 'asc']} />
          )}
        </>
      )}
    </Frame>
  )
}

function Choices({ of, done }: { of: KnownList; done: () => void }) {
  return (
    <span className="pb-nowrap">
      <Act
        label={of.allowed ? 'Allowed' : 'Allow'}
        needs="allowKnownKeys"
        isDisabled={of.allowed}
        ask={`The next run of ${of.flow} that ends well may tell deletes, however much of the list is missing. Look at the list first: when it came cut short, all that is missing would be deleted.`}
        act={() => post(`${listPath(of)}/allow`, { digest: of.digest })}
        done={done}
      />{' '}
      <Act
        label="Forget"
        needs="forgetKnownKeys"
        variant="danger"
        ask={`The next run of ${of.flow} tells no deletes and keeps what it finds; what was deleted in between is never told.`}
        act={() => post(`${listPath(of)}/forget`, { digest: of.digest })}
        done={done}
      />
    </span>
  )
}

function listPath(list: KnownList): string {
  return path`known-keys/${list.flow}/${list.instance}/${list.endpoint}`
}

function fits(list: KnownList, q: string): boolean {
  return [list.flow, list.instance, list.endpoint].some(text => text.toLowerCase().includes(q))
}
