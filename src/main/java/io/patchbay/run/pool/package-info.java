/** Data pools in the database. */
@NullMarked
package io.patchbay.run.pool;

import org.jspecify.annotations.NullMarked;
