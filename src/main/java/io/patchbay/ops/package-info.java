/** What operators meet: settings, login, the management listener, health and metrics. Nothing depends on it. */
@NullMarked
package io.patchbay.ops;

import org.jspecify.annotations.NullMarked;
