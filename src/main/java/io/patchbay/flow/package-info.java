/**
 * The second room: a canvas becomes a flow, in which all names are resolved and all settings typed. A {@link
 * io.patchbay.flow.Flow} that exists is valid. Nothing here knows Camel, so checking files is fast and needs no network.
 */
@NullMarked
package io.patchbay.flow;

import org.jspecify.annotations.NullMarked;
