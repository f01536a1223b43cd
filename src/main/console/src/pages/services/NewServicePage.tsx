import { useState } from 'react'
import { Alert, Checkbox, Flex, Form, FormGroup, FormSelect, FormSelectOption, TextArea, TextInput } from '@patternfly/react-core'
import { Link } from 'react-router-dom'
import { all, get, path, post } from '../../api/client'
import type { MapSuggestion, RecordEndpoint, Records, ServiceFile } from '../../api/services'
import { Act } from '../../parts/Act'
import { Frame } from '../../parts/Frame'
import { Sentence } from '../../parts/Sentence'
import { Sheets } from '../../parts/Sheets'
import { usePolled, type Polled } from '../../parts/usePolled'
import { empty, missing, requestOf, type Draft } from './draft'

type Set = (change: Partial<Draft>) => void

/** Makes a service: systems, records, trigger, filters, mapping; its file is shown before it is written. */
export default function NewServicePage() {
  const [draft, setDraft] = useState(empty)
  const set: Set = change => setDraft(before => ({ ...before, ...change }))
  const instances = usePolled('instances', signal => all<{ name: string }>('instances', {}, signal), () => 60_000)
  const source = useRecords(draft.source, draft.entity)
  const destination = useRecords(draft.destination, draft.entity)
  const names = (instances.data ?? []).map(one => one.name)
  return (
    <Frame title="New service" above={[['Services', '/services']]}>
      <Sentence error={instances.error ?? source.error ?? destination.error} />
      <Sheets
        label="Steps"
        sheets={{
          Systems: () => <Systems of={draft} set={set} names={names} source={source.data} destination={destination.data} />,
          Trigger: () => <Trigger of={draft} set={set} />,
          Filters: () => <Filters of={draft} set={set} />,
          Mapping: () => <Mapping of={draft} set={set} />,
          Activate: () => <Make of={draft} set={set} />,
        }}
      />
    </Frame>
  )
}

function useRecords(instance: string, entity: string): Polled<Records> {
  return usePolled(
    `records ${instance} ${entity}`,
    instance ? signal => get<Records>(path`instances/${instance}/records`, { entity }, signal) : undefined,
    () => null,
  )
}

interface Step {
  of: Draft
  set: Set
}

function Systems({ of, set, names, source, destination }: Step & { names: string[]; source: Records | undefined; destination: Records | undefined }) {
  const needed = (endpoints: RecordEndpoint[] | undefined, id: string) => endpoints?.find(one => one.id === id)?.needs ?? []
  return (
    <Form onSubmit={event => event.preventDefault()}>
      <Choice label="Source" value={of.source} of={names} set={name => set({ source: name, entity: '', lists: '', reads: {}, sends: '', writes: {} })} />
      <Choice label="Records" value={of.entity} of={source?.entities ?? []} set={entity => set({ entity, lists: '', sends: '', reads: {}, writes: {} })} />
      <Choice label="What lists them" value={of.lists} of={of.entity ? (source?.lists ?? []).map(one => one.id) : []} set={lists => set({ lists, reads: {} })} />
      {needed(source?.lists, of.lists).map(name => (
        <Line key={name} label={`${name} of the source`} value={of.reads[name] ?? ''} set={text => set({ reads: { ...of.reads, [name]: text } })} />
      ))}
      <Choice label="Destination" value={of.destination} of={names} set={name => set({ destination: name, sends: '', writes: {} })} />
      <Choice label="What takes them" value={of.sends} of={of.entity ? (destination?.sends ?? []).map(one => one.id) : []} set={sends => set({ sends, writes: {} })} />
      {needed(destination?.sends, of.sends).map(name => (
        <Line key={name} label={`${name} of the destination`} value={of.writes[name] ?? ''} set={text => set({ writes: { ...of.writes, [name]: text } })} />
      ))}
    </Form>
  )
}

const triggers: Record<Draft['trigger'], string> = { none: 'People alone', every: 'Every so often', cron: 'At times, as cron' }

function Trigger({ of, set }: Step) {
  return (
    <Form onSubmit={event => event.preventDefault()}>
      <FormGroup label="What starts it" fieldId="trigger">
        <FormSelect id="trigger" className="pb-find" value={of.trigger} onChange={(_event, kind) => set({ trigger: kind as Draft['trigger'] })}>
          {Object.entries(triggers).map(([kind, label]) => (
            <FormSelectOption key={kind} value={kind} label={label} />
          ))}
        </FormSelect>
      </FormGroup>
      {of.trigger !== 'none' && <Line label={of.trigger === 'every' ? 'Every, like 15m' : 'Times, like 0 6 * * *'} value={of.at} set={at => set({ at })} />}
    </Form>
  )
}

function Filters({ of, set }: Step) {
  return (
    <Form onSubmit={event => event.preventDefault()}>
      <Line label="Reference: path of what people know a record by" value={of.reference} set={reference => set({ reference })} />
      <Lines label="Filters: a condition on a line, like financial_status is paid" value={of.filters} set={filters => set({ filters })} />
    </Form>
  )
}

function Mapping({ of, set }: Step) {
  const [told, setTold] = useState('')
  const propose = async () => {
    const { fields } = await post<MapSuggestion>('map-suggestions', {}, {
      source: { instance: of.source, endpoint: of.lists },
      target: { instance: of.destination, endpoint: of.sends },
    })
    const sure = fields.filter(field => field.sure === 'sure')
    // What needs a function is no matter of a line.
    const plain = sure.filter(field => field.then.length === 0 && !field.flatten)
    const there = of.fields.split('\n').map(line => line.split('=')[0]?.trim())
    const fresh = plain.filter(field => !there.includes(field.to))
    set({ fields: [of.fields.trimEnd(), ...fresh.map(field => `${field.to} = ${field.from}`)].filter(line => line !== '').join('\n') })
    setTold(`${fresh.length} fields were added; ${sure.length - plain.length} more need a function: write them into the file later.`)
  }
  return (
    <Form onSubmit={event => event.preventDefault()}>
      <Lines label="Fields: TO = FROM on a line; the reference is copied in any case" value={of.fields} set={fields => set({ fields })} />
      <Flex>
        <Act label="Propose fields" needs="suggestMapSuggestion" isDisabled={!of.lists || !of.sends} act={propose} />
        {told && <span className="pb-quiet">{told}</span>}
      </Flex>
    </Form>
  )
}

function Make({ of, set }: Step) {
  const [seen, setSeen] = useState<{ key: string; file: ServiceFile; made: boolean }>()
  const open = missing(of)
  const key = JSON.stringify(of)
  const current = seen?.key === key ? seen : undefined
  const show = async () => setSeen({ key, file: await post<ServiceFile>('services/preview', {}, requestOf(of)), made: false })
  const make = async () => setSeen({ key, file: await post<ServiceFile>('services', {}, requestOf(of)), made: true })
  return (
    <>
      <Form onSubmit={event => event.preventDefault()}>
        <Line label="Name, like orders-to-erp" value={of.name} set={name => set({ name })} />
        <Line label="What people call it" value={of.title} set={title => set({ title })} />
        <Checkbox id="active" label="Its trigger starts it at once" isChecked={of.active} onChange={(_event, active) => set({ active })} />
      </Form>
      {open.length > 0 && <p className="pb-quiet pb-turn">Still to be said: {open.join(', ')}.</p>}
      <Flex className="pb-turn">
        <Act label="Show the file" needs="previewServiceFiles" isDisabled={open.length > 0} act={show} />
        {current && !current.made && current.file.wrong.length === 0 && <Act label="Make it" needs="createServiceFiles" variant="primary" act={make} />}
      </Flex>
      {current?.made && (
        <Alert variant="success" isInline title={`${current.file.file} was written.`} className="pb-turn">
          It is taken within a second: <Link to={`/services/${current.file.id}`}>go to {current.file.id}</Link>.
        </Alert>
      )}
      {current?.file.wrong.map(wrong => (
        <Alert key={wrong} variant="danger" isInline title={wrong} className="pb-turn" />
      ))}
      {current && (
        <pre className="pb-text pb-payload pb-turn" tabIndex={0} aria-label="The file">
          {current.file.text}
        </pre>
      )}
    </>
  )
}

function Choice({ label, value, of, set }: { label: string; value: string; of: string[]; set: (text: string) => void }) {
  return (
    <FormGroup label={label} fieldId={label}>
      <FormSelect id={label} className="pb-find" value={value} isDisabled={of.length === 0} onChange={(_event, choice) => set(choice)}>
        <FormSelectOption value="" label="Choose" isPlaceholder />
        {of.map(one => (
          <FormSelectOption key={one} value={one} label={one} />
        ))}
      </FormSelect>
    </FormGroup>
  )
}

function Line({ label, value, set }: { label: string; value: string; set: (text: string) => void }) {
  return (
    <FormGroup label={label} fieldId={label}>
      <TextInput id={label} value={value} onChange={(_event, text) => set(text)} />
    </FormGroup>
  )
}

function Lines({ label, value, set }: { label: string; value: string; set: (text: string) => void }) {
  return (
    <FormGroup label={label} fieldId={label}>
      <TextArea id={label} value={value} rows={8} resizeOrientation="vertical" className="pb-mono" onChange={(_event, text) => set(text)} />
    </FormGroup>
  )
}
