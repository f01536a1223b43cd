package io.patchbay.trigger.intake;

import io.patchbay.connector.Catalog;
import io.patchbay.connector.CatalogReader;
import io.patchbay.connector.WebhookEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Events of one connector, read from a file as the program reads it; proofs are what the test says. */
final class FakeEvents implements InstanceEvents {

    final Map<String, String> proofs = new ConcurrentHashMap<>();
    private volatile Catalog catalog = Catalog.EMPTY;

    /** The instance {@code shop-uk} of a connector with these webhooks. */
    void of(Path home, String webhooks) throws IOException {
        catalog = catalog(home, webhooks);
    }

    static Catalog catalog(Path home, String webhooks) throws IOException {
        Path folder = Files.createDirectories(home.resolve("connectors/shop/instances"));
        Files.writeString(home.resolve("connectors/shop/connector.yaml"), """
                connector: shop
                version: 1.0.0
                settings: { secrets: [hookSecret] }
                auth: { open: { type: none } }
                requester: { baseUrl: 'https://shop.example.com' }
                endpoints:
                  hooks.create: { kind: write, method: POST, path: /hooks }
                webhooks:
                """ + webhooks.indent(2));
        Files.writeString(folder.resolve("shop-uk.yaml"), """
                instance: shop-uk
                connector: shop
                settings: { hookSecret: '${secret.HOOK}' }
                """);
        CatalogReader.Reading reading = new CatalogReader(home).read(List.of(home), Catalog.EMPTY);
        if (!reading.problems().isEmpty()) {
            throw new IllegalArgumentException(reading.problems().toString());
        }
        return reading.catalog();
    }

    @Override
    public Optional<WebhookEvent> event(String instance, String event) {
        return catalog.webhook(instance, event);
    }

    @Override
    public Optional<String> proof(String instance, String event) {
        return Optional.ofNullable(proofs.get(instance + "/" + event));
    }
}
