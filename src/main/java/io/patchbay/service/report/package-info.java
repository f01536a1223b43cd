/** What became of each item of a service, read from what the runs of its flow have left; and what is tried again by itself. */
@NullMarked
package io.patchbay.service.report;

import org.jspecify.annotations.NullMarked;
