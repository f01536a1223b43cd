/**
 * Writes new connector folders for people to go on with: from the description of an interface that a system publishes, or
 * from nothing. What a description does not say is guessed from names, and the file says so where it stands. The result is a
 * connector like any other; nothing here is used when one is called.
 */
@NullMarked
package io.patchbay.connector.draft;

import org.jspecify.annotations.NullMarked;
