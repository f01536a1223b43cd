package io.patchbay.trigger.intake;

import io.patchbay.connector.WebhookEvent;
import java.util.Optional;

/** What the intake asks about the events of instances. */
public interface InstanceEvents {

    /** An event; empty when the instance or the event is not there. */
    Optional<WebhookEvent> event(String instance, String event);

    /** What its sender is proved with: a secret or a public key; empty when it is not there. May wait. */
    Optional<String> proof(String instance, String event);
}
