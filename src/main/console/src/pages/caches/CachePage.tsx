import { useState } from 'react'
import { SearchInput, Spinner, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core'
import { useParams } from 'react-router-dom'
import { path, post, type Query } from '../../api/client'
import type { CacheEntry } from '../../api/stores'
import { Act } from '../../parts/Act'
import { Frame } from '../../parts/Frame'
import { Nothing } from '../../parts/Nothing'
import { Rows, type Column } from '../../parts/Rows'
import { Sentence } from '../../parts/Sentence'
import { bytes, count } from '../../parts/time'
import { Turn } from '../../parts/Turn'
import { useFilter } from '../../parts/useFilter'
import { usePages } from '../../parts/usePages'
import { When } from '../../parts/When'
import { DeleteEntries, ofWhom } from './DeleteEntries'
import { SeeEntry } from './SeeEntry'

/** The entries of one cache: those of a run, of a flow, or that all flows share. */
export default function CachePage() {
  const { cache = '' } = useParams()
  const [filter, setFilter] = useFilter('run', 'flow', 'keys')
  const [typed, setTyped] = useState(filter.keys)
  const owner: Query = filter.run ? { run: filter.run } : filter.flow ? { flow: filter.flow } : {}
  const entries = usePages<CacheEntry>(path`caches/${cache}/entries`, { ...owner, keys: filter.keys }, 50, 5000)
  const columns: Column<CacheEntry>[] = [
    { title: 'Key', cell: entry => <span className="pb-mono pb-target">{entry.key}</span> },
    { title: 'Kind', cell: entry => entry.kind },
    { title: 'Parts', right: true, cell: entry => count(entry.parts) },
    { title: 'Size', right: true, cell: entry => <span className="pb-nowrap">{bytes(entry.bytes)}</span> },
    { title: 'Written', cell: entry => <When at={entry.written} /> },
    { title: 'Goes', cell: entry => <When at={entry.expires} /> },
    {
      title: 'Do',
      cell: entry => (
        <span className="pb-nowrap">
          <SeeEntry cache={cache} owner={owner} entry={entry} />{' '}
          <Act
            label="Delete"
            needs="deleteCaches"
            variant="danger"
            ask={`What stands under ${entry.key} is deleted. Flows that load it find nothing, until it is put there again.`}
            act={() => post(path`caches/${cache}/delete`, { ...owner, key: entry.key })}
            done={entries.again}
          />
        </span>
      ),
    },
  ]
  const some = entries.data !== undefined && entries.data.data.length > 0
  return (
    <Frame
      title={cache}
      above={[['Caches', '/caches']]}
      marks={<span className="pb-quiet">{ofWhom(owner)}</span>}
      actions={
        some && <DeleteEntries cache={cache} owner={owner} keys={filter.keys || '*'} label={filter.keys ? 'Delete those' : 'Delete all'} done={entries.again} />
      }
    >
      <Toolbar>
        <ToolbarContent>
          <ToolbarItem>
            <SearchInput
              className="pb-find"
              aria-label="Only entries whose keys fit"
              placeholder="Key, or order-*; then Enter"
              value={typed}
              onChange={(_event, keys) => setTyped(keys)}
              onSearch={() => setFilter({ keys: typed.trim() })}
              onClear={() => {
                setTyped('')
                setFilter({ keys: '' })
              }}
            />
          </ToolbarItem>
        </ToolbarContent>
      </Toolbar>
      <Sentence error={entries.error} />
      {!entries.data ? (
        !entries.error && <Spinner size="lg" aria-label="Entries are loaded" />
      ) : some ? (
        <Rows label="Entries, by key" rows={entries.data.data} columns={columns} id={entry => entry.key} />
      ) : filter.keys ? (
        <Nothing title="No key fits">Keys are found whole; * stands for any characters.</Nothing>
      ) : (
        <Nothing title="There is no entry here">Flows put entries here with the shape addToCache; each goes when its time is over.</Nothing>
      )}
      <Turn page={entries.page} newer={entries.newer} older={entries.older} words={['Back', 'On']} />
    </Frame>
  )
}
