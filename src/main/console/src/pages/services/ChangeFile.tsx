import { useState } from 'react'
import { Flex, FormGroup, TextInput } from '@patternfly/react-core'
import { path, post } from '../../api/client'
import type { Service, ServiceFile } from '../../api/services'
import { Act } from '../../parts/Act'

/** Changes the file of a service, or makes another one like it. */
export function ChangeFile({ of, done }: { of: Service; done: () => void }) {
  const [name, setName] = useState('')
  const active = of.status === 'active'
  return (
    <Flex>
      <Act
        label={active ? 'Deactivate' : 'Activate'}
        needs={active ? 'deactivateServiceFiles' : 'activateServiceFiles'}
        ask={`status: ${active ? 'inactive' : 'active'} is written into ${of.file}. It is taken within a second.`}
        act={() => post<ServiceFile>(active ? path`services/${of.id}/deactivate` : path`services/${of.id}/activate`)}
        done={done}
      />
      <Act
        label="Clone"
        needs="copyServiceFiles"
        act={() => post<ServiceFile>(path`services/${of.id}/clone`, { name: name.trim() })}
        done={() => setName('')}
        ask={
          <FormGroup label="Name of the new one, which is not active" fieldId="clone-name">
            <TextInput id="clone-name" value={name} onChange={(_event, text) => setName(text)} />
          </FormGroup>
        }
      />
    </Flex>
  )
}
