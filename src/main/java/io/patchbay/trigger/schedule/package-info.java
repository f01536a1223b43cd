/**
 * Schedules on Quartz with its tables in the store's database: one generic job writes starts, a Quartz trigger per schedule says
 * when. A start has an id that is worked out from flow, schedule and time, so a time that fires again after a crash is
 * written once. Quartz's clock is the system's.
 */
@NullMarked
package io.patchbay.trigger.schedule;

import org.jspecify.annotations.NullMarked;
