/**
 * The vocabulary of connector and instance files, as records that the binder fills. They hold what an author wrote and
 * nothing else; what it means is checked and compiled one package up. A key that is marked {@code NotYet} belongs to the
 * vocabulary and is refused with a sentence that says so.
 */
@NullMarked
package io.patchbay.connector.definition;

import org.jspecify.annotations.NullMarked;
