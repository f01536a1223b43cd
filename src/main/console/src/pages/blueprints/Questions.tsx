import { Form, FormGroup, FormHelperText, FormSelect, FormSelectOption, HelperText, HelperTextItem, TextInput } from '@patternfly/react-core'
import type { BlueprintWhole, Question } from '../../api/blueprints'
import { field, type Given } from './answers'

interface Props {
  of: BlueprintWhole
  /** Name of the install; undefined where it has one already. */
  as: string | undefined
  setAs: (name: string) => void
  given: Given
  set: (field: string, text: string) => void
}

/** What is asked when a blueprint is installed or upgraded. Names of secrets are asked, never what is secret. */
export function Questions({ of, as, setAs, given, set }: Props) {
  return (
    <Form isWidthLimited onSubmit={event => event.preventDefault()}>
      {as !== undefined && (
        <Line id="as" label="Name of the install" help="All that it brings lies in routes/NAME; with another name than the blueprint's, its flows begin with it.">
          <TextInput id="as" value={as} placeholder={of.id} maxLength={60} onChange={(_event, text) => setAs(text)} />
        </Line>
      )}
      {of.questions.map(question => (
        <Line key={question.name} id={field('answer', question.name)} label={question.title} help={helpOf(question)} isRequired={!question.otherwise}>
          <Answer question={question} text={given[field('answer', question.name)] ?? ''} set={text => set(field('answer', question.name), text)} />
        </Line>
      ))}
      {of.instances.map(need => (
        <Line
          key={need.name}
          id={field('instance', need.name)}
          label={`Instance: ${need.title}`}
          help={`Of connector ${need.connector}. One of this name is taken, or made.${need.scopes.length > 0 ? ` Its credentials need: ${need.scopes.join(', ')}` : ''}`}
        >
          <TextInput
            id={field('instance', need.name)}
            value={given[field('instance', need.name)] ?? ''}
            placeholder={need.name}
            maxLength={60}
            onChange={(_event, text) => set(field('instance', need.name), text)}
          />
        </Line>
      ))}
      {of.secrets.map(secret => (
        <Line key={secret} id={field('secret', secret)} label={`Name of the secret ${secret} here`} help="The name alone; what is secret is set where all secrets are.">
          <TextInput
            id={field('secret', secret)}
            value={given[field('secret', secret)] ?? ''}
            placeholder={secret}
            maxLength={100}
            onChange={(_event, text) => set(field('secret', secret), text)}
          />
        </Line>
      ))}
    </Form>
  )
}

function Answer({ question, text, set }: { question: Question; text: string; set: (text: string) => void }) {
  const id = field('answer', question.name)
  const choices = question.type === 'choice' ? question.choices : question.type === 'boolean' ? ['true', 'false'] : undefined
  return choices ? (
    <FormSelect id={id} value={text || question.otherwise} onChange={(_event, choice) => set(choice)}>
      {!question.otherwise && <FormSelectOption value="" label="Choose" isPlaceholder />}
      {choices.map(choice => (
        <FormSelectOption key={choice} value={choice} label={choice} />
      ))}
    </FormSelect>
  ) : (
    <TextInput id={id} value={text} placeholder={question.otherwise} maxLength={1000} onChange={(_event, changed) => set(changed)} />
  )
}

function helpOf(question: Question): string {
  const form = question.type === 'duration' ? 'A duration, like 15m.' : question.type === 'number' ? 'A number.' : ''
  return [form, question.otherwise ? `Otherwise ${question.otherwise}.` : ''].filter(Boolean).join(' ')
}

function Line({ id, label, help, isRequired = false, children }: { id: string; label: string; help: string; isRequired?: boolean; children: React.ReactNode }) {
  return (
    <FormGroup label={label} fieldId={id} isRequired={isRequired}>
      {children}
      {help && (
        <FormHelperText>
          <HelperText>
            <HelperTextItem>{help}</HelperTextItem>
          </HelperText>
        </FormHelperText>
      )}
    </FormGroup>
  )
}
