package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.trigger.event.AsideMessages;
import java.time.Instant;

/** A message of a broker that could not become a start. */
@Doc("A message of a broker that could not become a start")
record AsideView(
        String flow,

        @Doc("Its name in data/aside/FLOW: ID.body is its content")
        String id,

        Instant at,
        @Doc("Why it became no start") String why,
        String contentType,
        @Doc("In bytes") long size) {

    static AsideView of(AsideMessages.Message message) {
        return new AsideView(
                message.flow(), message.id(), message.at(), message.why(), message.contentType(), message.size());
    }
}
