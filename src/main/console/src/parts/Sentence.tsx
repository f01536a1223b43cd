import { Alert } from '@patternfly/react-core'
import { Refused } from '../api/client'

/** What went wrong, as a sentence for people. */
export function Sentence({ error }: { error: Error | undefined }) {
  if (!error) {
    return null
  }
  const refused = error instanceof Refused ? error : undefined
  return (
    <Alert variant={refused?.passing ? 'warning' : 'danger'} isInline title={error.message} className="pb-sentence">
      {refused?.status === 401 && <a href="../login">Log in</a>}
      {refused?.problems.map((problem, place) => (
        <div key={place}>{problem}</div>
      ))}
      {refused?.id && <div className="pb-quiet">Quote {refused.id} when you ask about it: it stands in the log, too.</div>}
    </Alert>
  )
}
