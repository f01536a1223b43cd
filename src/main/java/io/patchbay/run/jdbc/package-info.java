/** Checkpoints and history of runs in the store's database. */
@NullMarked
package io.patchbay.run.jdbc;

import org.jspecify.annotations.NullMarked;
