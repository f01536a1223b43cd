/** The whole program in a process of its own: killed, swapped and left running, and held against a ledger of what it did. */
@NullMarked
package io.patchbay.endurance;

import org.jspecify.annotations.NullMarked;
