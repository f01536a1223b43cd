import { Alert } from '@patternfly/react-core'
import type { Flow } from '../../api/types'

/** What is wrong with the flow's file, with the place and how to mend it. */
export function ProblemsOf({ flow }: { flow: Flow }) {
  return flow.problems.map(problem => (
    <Alert
      key={`${problem.file}:${problem.line}:${problem.column}:${problem.code}`}
      variant={problem.severity === 'error' ? 'danger' : 'warning'}
      isInline
      title={problem.what}
      className="pb-sentence"
    >
      <span className="pb-mono">
        {problem.file}:{problem.line}:{problem.column} [{problem.code}]
      </span>
      {problem.hint && <div>{problem.hint}</div>}
    </Alert>
  ))
}
