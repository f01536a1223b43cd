import type { Alert } from '../../api/waiting'

export const ofFlows = ['failed_runs', 'no_success', 'error_rate', 'volume', 'unusual_volume', 'missed_schedule']
const ofInstances = ['sign_in', 'unreachable', 'certificate', 'server_certificate', 'refresh_token']

/** The page that shows more, the same that messages link to; undefined when it is about the program itself. */
export function causeOf({ kind, subject, runId }: Pick<Alert, 'kind' | 'subject' | 'runId'>): { path: string; name: string } | undefined {
  if (ofFlows.includes(kind)) {
    return runId ? { path: `/flows/${subject}/runs/${runId}`, name: `last run of ${subject}` } : { path: `/flows/${subject}`, name: subject }
  }
  if (ofInstances.includes(kind)) {
    const instance = subject.replace(/ .*/, '') // of a server's certificate the server stands behind it
    return { path: `/instances/${encodeURIComponent(instance)}`, name: instance }
  }
  if (runId) {
    return { path: `/runs/${runId}`, name: 'last run' }
  }
  return kind === 'queue_age' ? { path: '/queue', name: 'the queue' } : undefined
}
