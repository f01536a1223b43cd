/**
 * The third room: a flow becomes Camel routes. The layout (pipelines, splitters, barriers) follows from the contracts of the
 * shapes alone; every Camel node carries the shape's id, file and line. Deploying, replacing and draining revisions in the
 * running Camel context is here too.
 */
@NullMarked
package io.patchbay.route;

import org.jspecify.annotations.NullMarked;
