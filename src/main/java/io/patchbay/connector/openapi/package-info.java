/** Descriptions of interfaces as OpenAPI has them: what they say, what an overlay makes of them, and what differs between two. */
@NullMarked
package io.patchbay.connector.openapi;

import org.jspecify.annotations.NullMarked;
