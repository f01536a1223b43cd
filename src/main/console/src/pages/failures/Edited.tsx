import { useState } from 'react'
import { Button, Checkbox, Modal, ModalBody, ModalFooter, ModalHeader, Spinner, TextArea } from '@patternfly/react-core'
import { content, path, post } from '../../api/client'
import type { FailedPayload } from '../../api/types'
import { Guarded } from '../../parts/Guarded'
import { Sentence } from '../../parts/Sentence'
import { editable, editedReplay, isText } from './edit'

/** More than this is not edited in a browser. */
const MOST_BYTES = 1_000_000

/** Lets somebody change a payload's content, and replays it so. */
export function Edited({ of, done }: { of: FailedPayload; done: () => void }) {
  const [open, setOpen] = useState(false)
  const [text, setText] = useState<string>()
  const [today, setToday] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<Error>()
  const close = () => {
    setOpen(false)
    setText(undefined)
    setError(undefined)
  }
  const load = async () => {
    setOpen(true)
    try {
      const { bytes } = await content(path`failed-payloads/${of.id}/body`)
      if (bytes.size > MOST_BYTES) {
        throw new Error('This payload is too large to be edited here. Take it from the API, and send it edited: patchbay replay --edited FILE.')
      }
      setText(editable(await bytes.text(), of.contentType))
    } catch (refused) {
      setError(refused as Error)
    }
  }
  const send = async () => {
    setBusy(true)
    setError(undefined)
    try {
      await post(path`failed-payloads/${of.id}/replay`, {}, editedReplay(text ?? '', of.contentType, today))
      close()
      done()
    } catch (refused) {
      setError(refused as Error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Guarded needs="replayFailedPayloads" variant="link" isDisabled={!isText(of.contentType)} onClick={() => void load()}>
        Edit
      </Guarded>
      <Modal isOpen={open} onClose={close} variant="large" aria-label="Edit and replay">
        <ModalHeader title="Edit and replay" description={of.message} />
        <ModalBody>
          <Sentence error={error} />
          {text === undefined ? (
            !error && <Spinner size="lg" aria-label="The payload is loaded" />
          ) : (
            <>
              <TextArea
                className="pb-mono"
                aria-label={`Content, ${of.contentType}`}
                value={text}
                onChange={(_event, changed) => setText(changed)}
                rows={20}
                resizeOrientation="vertical"
              />
              <Checkbox
                id="edited-today"
                label="Under the flow as it is now, not under the version in which it failed"
                isChecked={today}
                onChange={(_event, checked) => setToday(checked)}
              />
            </>
          )}
        </ModalBody>
        <ModalFooter>
          <Button isDisabled={busy || text === undefined} isLoading={busy} onClick={() => void send()}>
            Replay
          </Button>
          <Button variant="link" onClick={close}>
            Cancel
          </Button>
        </ModalFooter>
      </Modal>
    </>
  )
}
