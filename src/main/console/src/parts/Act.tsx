import { useState, type ReactNode } from 'react'
import { Button, Modal, ModalBody, ModalFooter, ModalHeader, type ButtonProps } from '@patternfly/react-core'
import { Guarded } from './Guarded'
import { Sentence } from './Sentence'

interface Props {
  label: string
  /** Id of the operation that it calls, as the OpenAPI document has it: who may not is told so before. */
  needs?: string
  /** What it does, for who is asked before it is done; without it, nobody is asked. */
  ask?: ReactNode
  /** It begins to be asked: what is shown from here on is what is decided about. */
  onAsk?: () => void
  act: () => Promise<unknown>
  done?: () => void
  variant?: NonNullable<ButtonProps['variant']>
  isDisabled?: boolean
}

/** A button that does something; what may be regretted is asked first, and a refusal is shown. */
export function Act({ label, needs, ask, onAsk, act, done, variant = 'secondary', isDisabled = false }: Props) {
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<Error>()
  // Loud where it is confirmed, and not in each row of a list.
  const grave = variant === 'danger'
  const close = () => {
    setOpen(false)
    setError(undefined)
  }
  const go = async () => {
    setBusy(true)
    setError(undefined)
    try {
      await act()
      close()
      done?.()
    } catch (refused) {
      setError(refused as Error)
      setOpen(true)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Guarded
        needs={needs}
        variant={grave ? 'secondary' : variant}
        isDanger={grave}
        isDisabled={isDisabled || busy}
        isLoading={busy && !open}
        onClick={() => {
          if (ask) {
            onAsk?.()
            setOpen(true)
          } else {
            void go()
          }
        }}
      >
        {label}
      </Guarded>
      <Modal isOpen={open} onClose={close} variant="small" aria-label={label}>
        <ModalHeader title={label} />
        <ModalBody>
          <Sentence error={error} />
          {ask}
        </ModalBody>
        <ModalFooter>
          <Button variant={grave ? 'danger' : 'primary'} isLoading={busy} isDisabled={busy} onClick={() => void go()}>
            {error ? 'Try again' : label}
          </Button>
          <Button variant="link" onClick={close}>
            Cancel
          </Button>
        </ModalFooter>
      </Modal>
    </>
  )
}
