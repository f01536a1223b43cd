package io.patchbay.api;

import io.patchbay.alert.Mutes;
import io.patchbay.canvas.Doc;
import java.time.Instant;

/** Something that is muted. */
@Doc("Something of which nobody is told for a while; its alerts are listed as ever")
record MuteView(
        Mutes.Of of,
        @Doc("Id of the flow or name of the group") String name,
        @Doc("From when on") Instant since,
        @Doc("When it ends by itself") Instant until,
        @Doc("Why") String reason,
        @Doc("Who muted it last") String by,

        @Doc("How many messages were left out until now; those who would have had them are told so at the end")
        long held) {

    static MuteView of(Mutes.Mute mute) {
        return new MuteView(mute.of(), mute.name(), mute.since(), mute.until(), mute.reason(), mute.by(), mute.held());
    }
}
