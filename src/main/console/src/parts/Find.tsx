import type { ReactNode } from 'react'
import { SearchInput, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core'
import { count } from './time'

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
  return (
    <Toolbar>
      <ToolbarContent alignItems="center">
        <ToolbarItem>
          <SearchInput
            className="pb-find"
            aria-label={label}
            placeholder={placeholder}
            value={text}
            onChange={(_event, q) => set(q)}
            onClear={() => set('')}
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
