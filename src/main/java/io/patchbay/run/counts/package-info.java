/** What runs add up to, in the database. */
@NullMarked
package io.patchbay.run.counts;

import org.jspecify.annotations.NullMarked;
