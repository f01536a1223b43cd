import { useState } from 'react'
import { Button, Modal, ModalBody, ModalFooter, ModalHeader, Spinner } from '@patternfly/react-core'
import { content, path } from '../../api/client'
import type { Wait } from '../../api/waiting'
import { readable } from '../../parts/difference'
import { save } from '../../parts/save'
import { Sentence } from '../../parts/Sentence'
import { usePolled } from '../../parts/usePolled'
import { isText } from '../failures/edit'

/** More than this is not fetched into a browser. */
const MOST_BYTES = 10_000_000
/** More is no reading matter, and slow to draw. */
const MOST_SHOWN = 200_000

/** Shows what waits. */
export function SeeContent({ wait }: { wait: Wait }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button variant="secondary" isDisabled={wait.bytes > MOST_BYTES} onClick={() => setOpen(true)}>
        See
      </Button>
      {open && (
        <Modal isOpen onClose={() => setOpen(false)} variant="large" aria-label="What waits">
          <ModalHeader title={wait.title ?? 'What waits'} />
          <ModalBody>
            <Content id={wait.id} />
          </ModalBody>
          <ModalFooter>
            <Button onClick={() => setOpen(false)}>Done</Button>
          </ModalFooter>
        </Modal>
      )}
    </>
  )
}

function Content({ id }: { id: string }) {
  const { data, error } = usePolled(
    `content ${id}`,
    async signal => {
      const { bytes, contentType } = await content(path`waits/${id}/body`, {}, signal)
      return { bytes, text: isText(contentType) ? readable(await bytes.text(), contentType) : undefined }
    },
    () => null,
  )
  if (!data) {
    return error ? <Sentence error={error} /> : <Spinner aria-label="The content is loaded" />
  }
  return (
    <>
      {data.text === undefined ? (
        <p>It is no text.</p>
      ) : (
        <pre className="pb-text pb-payload" tabIndex={0} aria-label="Content">
          {data.text.slice(0, MOST_SHOWN)}
        </pre>
      )}
      <Button variant="link" onClick={() => save(data.bytes, `wait-${id}`)}>
        Save as a file
      </Button>
    </>
  )
}
