/**
 * Secrets: looked up by name when an instance needs them, never written to a file of ours, and taken out of every text that
 * is logged, recorded or shown.
 */
@NullMarked
package io.patchbay.secret;

import org.jspecify.annotations.NullMarked;
