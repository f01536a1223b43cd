import { useState } from 'react'
import { Button, Label, ToggleGroup, ToggleGroupItem, type LabelProps } from '@patternfly/react-core'
import type { LogLine, Run } from '../../api/types'
import { Nothing } from '../../parts/Nothing'
import { Sentence } from '../../parts/Sentence'
import { useFilter } from '../../parts/useFilter'
import { useLog } from './useLog'

const levels: LogLine['level'][] = ['error', 'warn', 'info', 'debug']
const colors: Record<LogLine['level'], LabelProps['color']> = { error: 'red', warn: 'orange', info: 'blue', debug: 'grey' }

/** Drawn at a time. */
const PORTION = 500

export function LogSheet({ run }: { run: Run }) {
  const logs = useLog(run)
  const [{ level }, setFilter] = useFilter('level')
  const [most, setMost] = useState(PORTION)
  const lines = (logs.data ?? []).filter(line => !level || line.level === level)
  return (
    <>
      <Sentence error={logs.error} />
      <ToggleGroup aria-label="Only lines of this level">
        {levels.map(one => (
          <ToggleGroupItem key={one} text={one} isSelected={level === one} onChange={() => setFilter({ level: level === one ? '' : one })} />
        ))}
      </ToggleGroup>
      {logs.data && lines.length === 0 && (
        <Nothing title="No line">{level ? 'Take the filter away.' : 'A notify shape with log: info writes one.'}</Nothing>
      )}
      <ol className="pb-log pb-mono">
        {lines.slice(0, most).map((line, place) => (
          <li key={place}>
            <time dateTime={line.at} className="pb-quiet">
              {new Date(line.at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false, fractionalSecondDigits: 3 })}
            </time>
            <Label isCompact color={colors[line.level] ?? 'grey'}>
              {line.level}
            </Label>
            <span className="pb-quiet">{line.shape ?? ''}</span>
            <span className="pb-line">{line.text}</span>
          </li>
        ))}
      </ol>
      {lines.length > most && (
        <Button variant="link" onClick={() => setMost(most + PORTION)}>
          {lines.length - most} more lines
        </Button>
      )}
    </>
  )
}
