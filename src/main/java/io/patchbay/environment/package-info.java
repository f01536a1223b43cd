/**
 * Environments: the same flows with other instances, stores and values. Reads what files say of them and makes the texts of their flows;
 * knows nothing of what runs.
 */
@NullMarked
package io.patchbay.environment;

import org.jspecify.annotations.NullMarked;
