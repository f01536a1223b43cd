/** Telling people: mail. Shapes and alerts hand over a message; a mail server takes it or the caller hears why not. */
@NullMarked
package io.patchbay.notification;

import org.jspecify.annotations.NullMarked;
