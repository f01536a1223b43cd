import { useRef } from 'react'
import { Button, Tooltip, type ButtonProps } from '@patternfly/react-core'
import { useRefusal } from './useSession'

interface Props extends ButtonProps {
  /** Id of the operation that it calls, as the OpenAPI document has it; who may not call it is told so. */
  needs?: string | undefined
}

/** A button that says why when the role of who is logged in does not do for it. */
export function Guarded({ needs, ...button }: Props) {
  const why = useRefusal(needs)
  const it = useRef<HTMLButtonElement>(null)
  if (why === undefined) {
    return <Button {...button} />
  }
  return (
    <>
      {/* It can be reached by the keyboard, so that the reason can, too. */}
      <Button {...button} ref={it} isAriaDisabled />
      <Tooltip content={why} triggerRef={it} />
    </>
  )
}
