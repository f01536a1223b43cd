package io.patchbay.ops.security;

import org.springframework.security.access.AccessDeniedException;

/** Someone is known and may not do this; the message is a sentence for them. */
final class NotPermittedException extends AccessDeniedException {

    private static final long serialVersionUID = 1L;

    NotPermittedException(String sentence) {
        super(sentence);
    }
}
