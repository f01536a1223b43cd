/**
 * Where a flow runs without changing anything: in a test against answers that its file gives, in a dry run against the systems
 * themselves with what it would send kept back. Both take the compiler, the Camel routes and the runner that all runs take.
 */
@NullMarked
package io.patchbay.trial;

import org.jspecify.annotations.NullMarked;
