import { useState } from 'react'
import { Button, Modal, ModalBody, ModalFooter, ModalHeader, Spinner } from '@patternfly/react-core'
import { content, path, type Query } from '../../api/client'
import type { CacheEntry } from '../../api/stores'
import { readable } from '../../parts/difference'
import { Guarded } from '../../parts/Guarded'
import { save } from '../../parts/save'
import { Sentence } from '../../parts/Sentence'
import { bytes } from '../../parts/time'
import { Turn } from '../../parts/Turn'
import { usePolled } from '../../parts/usePolled'
import { isText } from '../failures/edit'

/** More than this is not fetched into a browser. */
const MOST_BYTES = 10_000_000
/** More is no reading matter, and slow to draw. */
const MOST_SHOWN = 200_000

interface Props {
  cache: string
  owner: Query
  entry: CacheEntry
}

/** Shows what stands under a key. */
export function SeeEntry({ cache, owner, entry }: Props) {
  const [open, setOpen] = useState(false)
  const [page, setPage] = useState(1)
  const close = () => {
    setOpen(false)
    setPage(1)
  }
  return (
    <>
      <Guarded needs="entryCaches" variant="secondary" isDisabled={entry.bytes > MOST_BYTES} onClick={() => setOpen(true)}>
        See
      </Guarded>
      {open && (
        <Modal isOpen onClose={close} variant="large" aria-label={`What stands under ${entry.key}`}>
          <ModalHeader title={entry.key} />
          <ModalBody>
            <Content key={page} cache={cache} query={{ ...owner, key: entry.key, page: entry.kind === 'pages' ? page : undefined }} name={entry.key} />
            {entry.kind === 'pages' && (
              <Turn
                page={page}
                newer={page > 1 ? () => setPage(page - 1) : undefined}
                older={page < entry.parts ? () => setPage(page + 1) : undefined}
                words={['Back', 'On']}
              />
            )}
          </ModalBody>
          <ModalFooter>
            <Button onClick={close}>Done</Button>
          </ModalFooter>
        </Modal>
      )}
    </>
  )
}

function Content({ cache, query, name }: { cache: string; query: Query; name: string }) {
  const found = usePolled(
    JSON.stringify([cache, query]),
    async signal => {
      const { bytes, contentType } = await content(path`caches/${cache}/entry`, query, signal)
      return { bytes, contentType, text: isText(contentType) ? readable(await bytes.text(), contentType) : undefined }
    },
    () => null,
  )
  const { data } = found
  return (
    <>
      <Sentence error={found.error} />
      {!data && !found.error && <Spinner size="lg" aria-label="The entry is loaded" />}
      {data && (
        <>
          {data.text === undefined ? (
            <p className="pb-quiet">It is no text.</p>
          ) : (
            <pre className="pb-text pb-payload" tabIndex={0}>
              {data.text.slice(0, MOST_SHOWN)}
            </pre>
          )}
          <p className="pb-quiet">
            {data.contentType}, {bytes(data.bytes.size)}
            {data.text !== undefined && data.text.length > MOST_SHOWN && '; this is the beginning'}
          </p>
          <Button variant="link" isInline onClick={() => save(data.bytes, name)}>
            Save as a file
          </Button>
        </>
      )}
    </>
  )
}
