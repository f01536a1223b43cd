/**
 * Alerts: what goes wrong for longer than one payload is told to people, once, and once more when it is over. What was told, and what
 * could not be, is kept in the store.
 */
@NullMarked
package io.patchbay.alert;

import org.jspecify.annotations.NullMarked;
