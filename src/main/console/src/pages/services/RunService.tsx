import { useState } from 'react'
import { Checkbox, Form, FormGroup, FormHelperText, HelperText, HelperTextItem, TextArea, TextInput } from '@patternfly/react-core'
import { useNavigate } from 'react-router-dom'
import { path, post, Refused, type Query } from '../../api/client'
import type { Service } from '../../api/services'
import { Act } from '../../parts/Act'
import { references } from './resync'

/** They go in the address of the request, which a server reads up to 8 kB. */
const MOST_CHARACTERS = 6000

/** Runs a service, as usual or for some items alone, past its filters, or with other values for its source. */
export function RunService({ of }: { of: Service }) {
  const [only, setOnly] = useState('')
  const [unfiltered, setUnfiltered] = useState(false)
  const [values, setValues] = useState<Record<string, string>>({})
  const [pageSize, setPageSize] = useState('')
  const [attempts, setAttempts] = useState('')
  const [zone, setZone] = useState('')
  const navigate = useNavigate()
  const run = async () => {
    const items = references(only)
    if (items.reduce((length, item) => length + encodeURIComponent(item).length + '&only='.length, 0) > MOST_CHARACTERS) {
      throw new Refused(`${items.length} references are too many for one run: give them in parts.`, 400)
    }
    const query: Query = { only: items, unfiltered: unfiltered || undefined, pageSize: pageSize.trim(), attempts: attempts.trim(), zone: zone.trim() }
    Object.entries(values).forEach(([name, value]) => (query[`with.${name}`] = value.trim()))
    const started = await post<{ run: string }>(path`services/${of.id}/run`, query)
    navigate(`/flows/${of.id}/runs/${started.run}`)
  }
  return (
    <Act
      label="Run"
      needs="runServices"
      variant="primary"
      act={run}
      ask={
        <Form onSubmit={event => event.preventDefault()}>
          <FormGroup label="Only these items" fieldId="run-only">
            <TextArea id="run-only" value={only} rows={3} resizeOrientation="vertical" className="pb-mono" onChange={(_event, text) => setOnly(text)} />
            <Help text="References, with commas or one on a line: they are sent past the filters. Nothing means all items." />
          </FormGroup>
          <Checkbox id="run-unfiltered" label="Past the filters" isChecked={unfiltered} onChange={(_event, on) => setUnfiltered(on)} />
          {Object.entries(of.inputs).map(([name, value]) => (
            <FormGroup key={name} label={`${name} of the source`} fieldId={`run with ${name}`}>
              <TextInput
                id={`run with ${name}`}
                value={values[name] ?? ''}
                placeholder={typeof value === 'string' ? value : JSON.stringify(value)}
                onChange={(_event, text) => setValues(before => ({ ...before, [name]: text }))}
              />
            </FormGroup>
          ))}
          <Otherwise label="Records of a page" id="run-page-size" text={pageSize} set={setPageSize} usual={of.pageSize} />
          <Otherwise label="How often a read is tried" id="run-attempts" text={attempts} set={setAttempts} usual={of.attempts} />
          <Otherwise label="Zone of dates that come without an offset" id="run-zone" text={zone} set={setZone} usual={of.zone} />
          <Help text="It really runs: what the service sends is sent." />
        </Form>
      }
    />
  )
}

function Otherwise({ label, id, text, set, usual }: { label: string; id: string; text: string; set: (text: string) => void; usual: string | number | null }) {
  return (
    <FormGroup label={label} fieldId={id}>
      <TextInput id={id} value={text} placeholder={usual === null ? 'as usual' : String(usual)} onChange={(_event, typed) => set(typed)} />
    </FormGroup>
  )
}

function Help({ text }: { text: string }) {
  return (
    <FormHelperText>
      <HelperText>
        <HelperTextItem>{text}</HelperTextItem>
      </HelperText>
    </FormHelperText>
  )
}
