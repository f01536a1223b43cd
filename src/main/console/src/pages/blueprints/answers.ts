import type { Ask, BlueprintWhole } from '../../api/blueprints'

/** What stands in the form: by kind and name. */
export type Given = Record<string, string>

/** The name of a field of the form. */
export const field = (kind: 'answer' | 'instance' | 'secret', name: string) => `${kind} ${name}`

/** What the form says, without what is left empty: an answer then is its default, a name the blueprint's own. */
export function askOf(of: BlueprintWhole, given: Given, as: string, catalogue: string): Ask {
  const said = (kind: 'answer' | 'instance' | 'secret', names: string[]) =>
    Object.fromEntries(names.map(name => [name, (given[field(kind, name)] ?? '').trim()] as const).filter(([, text]) => text !== ''))
  return {
    ...(as.trim() && { as: as.trim() }),
    ...(catalogue && { catalogue }),
    answers: said('answer', of.questions.map(question => question.name)),
    instances: said('instance', of.instances.map(need => need.name)),
    secrets: said('secret', of.secrets),
  }
}

/** Questions that have neither an answer nor a default. */
export function open(of: BlueprintWhole, given: Given): string[] {
  return of.questions.filter(question => !question.otherwise && !(given[field('answer', question.name)] ?? '').trim()).map(question => question.name)
}
