import { Spinner } from '@patternfly/react-core'
import { Link } from 'react-router-dom'
import type { Pool } from '../../api/stores'
import { Frame } from '../../parts/Frame'
import { Nothing } from '../../parts/Nothing'
import { Rows, type Column } from '../../parts/Rows'
import { Sentence } from '../../parts/Sentence'
import { count } from '../../parts/time'
import { Turn } from '../../parts/Turn'
import { usePages } from '../../parts/usePages'
import { ForgetKeys } from './ForgetKeys'

/** Data pools: what flows remember to have sent. */
export default function PoolsPage() {
  const pools = usePages<Pool>('pools', {}, 100, 5000)
  const columns: Column<Pool>[] = [
    { title: 'Pool', cell: pool => <Link to={`/pools/${encodeURIComponent(pool.name)}`}>{pool.name}</Link> },
    { title: 'Remembered', right: true, cell: pool => count(pool.remembered) },
    { title: 'Claimed', right: true, cell: pool => count(pool.claimed) },
    { title: 'Do', cell: pool => <ForgetKeys pool={pool.name} entity="" prefix="" done={pools.again} /> },
  ]
  return (
    <Frame title="Pools">
      <Sentence error={pools.error} />
      {!pools.data ? (
        !pools.error && <Spinner size="lg" aria-label="Pools are loaded" />
      ) : pools.data.data.length === 0 ? (
        <Nothing title="No pool has a key">
          A data pool remembers the keys of records that were sent, so that none is sent twice. Put the shape deDupe into a flow, and start it.
        </Nothing>
      ) : (
        <Rows label="Data pools" rows={pools.data.data} columns={columns} id={pool => pool.name} />
      )}
      <Turn page={pools.page} newer={pools.newer} older={pools.older} words={['Back', 'On']} />
    </Frame>
  )
}
