/** What people and programs did on the management listener: written once, never changed, kept for a set time. */
@NullMarked
package io.patchbay.ops.audit;

import org.jspecify.annotations.NullMarked;
