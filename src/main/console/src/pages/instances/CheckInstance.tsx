import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core'
import { useState } from 'react'
import { path, post } from '../../api/client'
import type { Checked, Instance } from '../../api/instances'
import { Act } from '../../parts/Act'
import { duration } from '../../parts/time'
import { RequestRows } from '../run/RequestsSheet'
import { Standing } from './Standing'

/** Calls the system of an instance, and shows what came of it. */
export function CheckInstance({ of, done }: { of: Instance; done: () => void }) {
  const [checked, setChecked] = useState<Checked>()
  const close = () => setChecked(undefined)
  return (
    <>
      <Act label="Check" needs="checkInstances" act={async () => setChecked(await post<Checked>(path`instances/${of.name}/check`))} done={done} />
      {checked && (
        <Modal isOpen onClose={close} variant={checked.requests.length ? 'large' : 'small'} aria-label={`Check of ${of.name}`}>
          <ModalHeader title={`Check of ${of.name}`} />
          <ModalBody>
            <p className="pb-facts">
              <Standing of={checked.status} /> {checked.code && <span className="pb-mono">{checked.code}</span>}{' '}
              <span className="pb-quiet">after {duration(checked.tookMs)}</span>
            </p>
            <p className="pb-reason">{checked.sentence ?? 'It works: the system answered as its connector expects.'}</p>
            {checked.requests.length > 0 && <RequestRows requests={checked.requests} narrow />}
          </ModalBody>
          <ModalFooter>
            <Button onClick={close}>Done</Button>
          </ModalFooter>
        </Modal>
      )}
    </>
  )
}
