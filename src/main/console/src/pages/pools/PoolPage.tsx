import { useState } from 'react'
import { SearchInput, Spinner, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core'
import { Link, useParams } from 'react-router-dom'
import { path, post } from '../../api/client'
import type { PoolKey } from '../../api/stores'
import { Act } from '../../parts/Act'
import { Frame } from '../../parts/Frame'
import { Nothing } from '../../parts/Nothing'
import { Rows, type Column } from '../../parts/Rows'
import { Sentence } from '../../parts/Sentence'
import { Turn } from '../../parts/Turn'
import { useFilter } from '../../parts/useFilter'
import { usePages } from '../../parts/usePages'
import { When } from '../../parts/When'
import { ForgetKeys } from './ForgetKeys'

/** The keys of one data pool. */
export default function PoolPage() {
  const { pool = '' } = useParams()
  const [filter, setFilter] = useFilter('entity', 'prefix')
  const keys = usePages<PoolKey>(path`pools/${pool}/keys`, filter, 50, 5000)
  const columns: Column<PoolKey>[] = [
    { title: 'Key', cell: one => <span className="pb-mono pb-target">{one.key}</span> },
    { title: 'Of', cell: one => one.entity || '–' },
    { title: 'State', cell: one => (one.claimed ? 'claimed, not sent yet' : 'remembered') },
    { title: 'Since', cell: one => <When at={one.since} /> },
    { title: 'Forgotten', cell: one => <When at={one.expires} /> },
    { title: 'By', cell: one => (one.run === null ? 'hand' : <Link to={`/runs/${one.run}`}>run</Link>) },
    {
      title: 'Do',
      cell: one => (
        <Act
          label="Forget"
          needs="forgetPools"
          variant="danger"
          ask={`${one.key} is forgotten: when its record comes again, it is sent again.`}
          act={() => post(path`pools/${pool}/forget`, { key: one.key, entity: one.entity })}
          done={keys.again}
        />
      ),
    },
  ]
  const some = keys.data !== undefined && keys.data.data.length > 0
  return (
    <Frame
      title={pool}
      above={[['Pools', '/pools']]}
      actions={some && <ForgetKeys pool={pool} entity={filter.entity} prefix={filter.prefix} done={keys.again} />}
    >
      <Toolbar>
        <ToolbarContent>
          <Find label="Only keys that begin so" hint="Key begins with; then Enter" value={filter.prefix} find={prefix => setFilter({ prefix })} />
          <Find label="Only keys of this entity" hint="Entity; then Enter" value={filter.entity} find={entity => setFilter({ entity })} />
        </ToolbarContent>
      </Toolbar>
      <Sentence error={keys.error} />
      {!keys.data ? (
        !keys.error && <Spinner size="lg" aria-label="Keys are loaded" />
      ) : some ? (
        <Rows label="Keys, by entity and key" rows={keys.data.data} columns={columns} id={one => `${one.entity} ${one.key}`} />
      ) : filter.entity || filter.prefix ? (
        <Nothing title="No key fits">Take a filter away.</Nothing>
      ) : (
        <Nothing title="There is no key here">Flows remember keys here with the shape deDupe; each is forgotten when its time is over.</Nothing>
      )}
      <Turn page={keys.page} newer={keys.newer} older={keys.older} words={['Back', 'On']} />
    </Frame>
  )
}

function Find({ label, hint, value, find }: { label: string; hint: string; value: string; find: (text: string) => void }) {
  const [typed, setTyped] = useState(value)
  return (
    <ToolbarItem>
      <SearchInput
        className="pb-find"
        aria-label={label}
        placeholder={hint}
        value={typed}
        onChange={(_event, text) => setTyped(text)}
        onSearch={() => find(typed)}
        onClear={() => {
          setTyped('')
          find('')
        }}
      />
    </ToolbarItem>
  )
}
