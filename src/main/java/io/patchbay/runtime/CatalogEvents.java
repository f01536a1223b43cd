package io.patchbay.runtime;

import io.patchbay.connector.Catalog;
import io.patchbay.connector.Instance;
import io.patchbay.connector.SettingValues;
import io.patchbay.connector.WebhookEvent;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Scope;
import io.patchbay.expression.Template;
import io.patchbay.expression.Values;
import io.patchbay.payload.StepException;
import io.patchbay.secret.Secrets;
import io.patchbay.trigger.intake.InstanceEvents;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

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
        Instance of = catalog.get().instance(instance);
        return catalog.get().webhook(instance, event).map(found -> of == null ? found : found.filled(of(of)));
    }

    /** Values of settings; nothing for one that cannot be read, with which no signature is right. */
    private UnaryOperator<String> of(Instance of) {
        return name -> {
            try {
                return Values.text(SettingValues.of(of, secrets).path(name));
            } catch (StepException e) {
                throwIfAway(e);
                return "";
            }
        };
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
        } catch (StepException e) {
            throwIfAway(e);
            return Optional.empty(); // its absence is said by who asked
        } catch (ExpressionException e) {
            return Optional.empty();
        }
    }

    /** A place of secrets that does not answer has not said that there is none: who asked keeps what was known. */
    private static void throwIfAway(StepException thrown) {
        if (thrown.getCause() instanceof Secrets.UnreachableException away) {
            throw away;
        }
    }
}
