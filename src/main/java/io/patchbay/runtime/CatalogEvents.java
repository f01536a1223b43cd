package io.patchbay.runtime;

import io.patchbay.connector.Catalog;
import io.patchbay.connector.Instance;
import io.patchbay.connector.SettingValues;
import io.patchbay.connector.WebhookEvent;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Scope;
import io.patchbay.expression.Template;
import io.patchbay.payload.StepException;
import io.patchbay.secret.Secrets;
import io.patchbay.trigger.intake.InstanceEvents;
import java.util.Optional;
import java.util.function.Supplier;

/** The events of the instances in the current catalog. */
final class CatalogEvents implements InstanceEvents {

    private final Supplier<Catalog> catalog;
    private final Secrets secrets;

    CatalogEvents(Supplier<Catalog> catalog, Secrets secrets) {
        this.catalog = catalog;
        this.secrets = secrets;
    }

    @Override
    public Optional<WebhookEvent> event(String instance, String event) {
        return catalog.get().webhook(instance, event);
    }

    @Override
    public Optional<String> proof(String instance, String event) {
        Instance of = catalog.get().instance(instance);
        WebhookEvent found = of == null ? null : of.connector().webhooks().get(event);
        Template proof = found == null ? null : found.secret() != null ? found.secret() : found.publicKey();
        if (of == null || proof == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(proof.text(Scope.of("settings", SettingValues.of(of, secrets))));
        } catch (StepException | ExpressionException e) {
            return Optional.empty(); // its absence is said by who asked
        }
    }
}
