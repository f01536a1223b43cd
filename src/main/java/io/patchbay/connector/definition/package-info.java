/**
 * The vocabulary of connector and instance files, as records that the binder fills. They hold what an author wrote and
 * nothing else; what it means is checked and compiled one package up.
 */
@NullMarked
package io.patchbay.connector.definition;

import org.jspecify.annotations.NullMarked;
