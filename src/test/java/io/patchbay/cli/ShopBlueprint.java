package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A source that has the blueprint {@code orders} and the connector that it needs, beside an empty home, and the verbs on both. */
final class ShopBlueprint {

    static final String FLOW = """
            flow: orders
            variables: { currency: GBP }
            shapes:
              - id: pull
                connection: { instance: shop, endpoint: orders.list }
              - id: way
                map: { fields: [ { to: by, from: country, then: [ { lookup: { table: ways } } ] }, { to: currency, template: "${flow.currency}" } ] }
              - id: told
                notify: { per: run, log: info, text: done }
            """;
    static final String TEST = """
            test: orders
            cases:
              - name: an order goes its way
                connections: { pull: { answer: { body: [ { country: GB } ] } } }
                expect: { outcome: succeeded, shapes: { way: { out: [ [ { by: DHL, currency: GBP } ] ] } } }
            """;

    private final Path folder;

    /** @param folder that is empty; {@code home} and {@code source} are made in it */
    ShopBlueprint(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("home/routes"));
        file("source/connectors/shop/connector.yaml", """
                connector: shop
                version: 1.2.0
                title: Shop
                settings: { properties: { key: { description: Key } }, secrets: [key] }
                auth: { key: { type: apiKey, inject: { into: header, name: X-Key, format: '${settings.key}' } } }
                requester: { baseUrl: 'https://shop.example.com' }
                endpoints:
                  orders.list: { kind: read, title: Orders, method: GET, path: /orders, recordSelector: { path: '$[*]' } }
                """);
        blueprint("1.0.0", FLOW, TEST, "country,way\nGB,DHL\n");
    }

    /** Writes the blueprint anew. */
    void blueprint(String version, String flow, String test, String ways) throws IOException {
        String in = "source/blueprints/orders/";
        file(in + "blueprint.yaml", """
                blueprint: orders
                version: %s
                title: Orders of the shop
                connectors: { shop: 1.2.0 }
                instances: { shop: { connector: shop, title: The shop, scopes: [ read ] } }
                questions:
                  currency: { title: Currency, type: choice, choices: [GBP, EUR], otherwise: GBP, sets: ['routes/orders.flow.yaml#variables.currency'] }
                permissions: { secrets: [SHOP_KEY] }
                """.formatted(version));
        file(in + "connectors/shop/instances/shop.yaml", """
                instance: shop
                connector: shop
                auth: key
                settings: { key: '${secret.SHOP_KEY}' }
                """);
        file(in + "routes/orders.flow.yaml", flow);
        file(in + "routes/orders.test.yaml", test);
        file(in + "routes/tables/ways.csv", ways);
    }

    Said catalogued(String... words) {
        String[] all = new String[words.length + 2];
        all[0] = "blueprint";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--home=" + folder.resolve("home");
        return Said.by(folder, Map.of(), "", all);
    }

    Said say(String verb, String... more) {
        String[] all = new String[more.length + 5];
        all[0] = "blueprint";
        all[1] = verb;
        System.arraycopy(more, 0, all, 2, more.length);
        all[more.length + 2] = "--home=" + folder.resolve("home");
        all[more.length + 3] = "--from";
        all[more.length + 4] = folder.resolve("source").toString();
        return Said.by(folder, Map.of(), "", all);
    }

    void edit(String path, String old, String now) throws IOException {
        Path file = folder.resolve("home").resolve(path);
        String text = Files.readString(file);
        assertThat(text).contains(old);
        Files.writeString(file, text.replace(old, now));
    }

    String text(String path) throws IOException {
        return Files.readString(folder.resolve("home").resolve(path));
    }

    void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
