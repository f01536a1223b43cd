/**
 * The command line: {@code java -jar patchbay.jar VERB}. Verbs about files ({@code check}, {@code explain}, {@code schema})
 * work on the disk alone; the others speak to a running program through its API.
 */
@NullMarked
package io.patchbay.cli;

import org.jspecify.annotations.NullMarked;
