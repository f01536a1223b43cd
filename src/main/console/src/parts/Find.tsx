import type { ReactNode } from 'react'
import { SearchInput, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core'
import { count } from './time'
import { useTyped } from './useTyped'

/** A text by which a list is filtered, further choices beside it, and how many of all are shown. */
export function Find({
  label,
  placeholder,
  text,
  set,
  shown,
  of,
  children,
}: {
  label: string
  placeholder: string
  text: string
  set: (text: string) => void
  shown: number
  of: number | undefined
  children?: ReactNode
}) {
  const [typed, type] = useTyped(text, set)
  return (
    <Toolbar>
      <ToolbarContent alignItems="center">
        <ToolbarItem>
          <SearchInput
            className="pb-find"
            aria-label={label}
            placeholder={placeholder}
            value={typed}
            onChange={(_event, q) => type(q)}
            onClear={() => type('')}
          />
        </ToolbarItem>
        {children}
        <ToolbarItem align={{ default: 'alignEnd' }} className="pb-quiet">
          {of !== undefined && `${count(shown)} of ${count(of)}`}
        </ToolbarItem>
      </ToolbarContent>
    </Toolbar>
  )
}
