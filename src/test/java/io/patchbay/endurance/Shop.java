package io.patchbay.endurance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The files of a home folder whose flows work on a {@link Ledger}. */
final class Shop {

    static final String PULL = "pull-orders";
    static final String HOOK = "take-orders";

    /** Runs of the webhook's flow at one time, each with one request at a time. */
    static final int HOOKS_AT_ONCE = 4;

    private Shop() {}

    static void write(Path home, int ledger) throws IOException {
        put(home.resolve("connectors/ledger/connector.yaml"), """
                connector: ledger
                version: 1.0.0
                title: Ledger of a test
                auth:
                  open: { type: none }
                requester: { baseUrl: 'http://127.0.0.1:%d', timeout: 30s, allowedHosts: ['127.0.0.1'] }
                endpoints:
                  orders.list:
                    kind: read
                    inputs:
                      shelf: { description: "Which shelf" }
                    method: GET
                    path: /shelf
                    request:
                      query: { shelf: '${with.shelf}' }
                    response: { format: json }
                    recordSelector: { path: '$.orders[*]' }
                    paginator: { type: linkHeader }
                  orders.take:
                    kind: write
                    method: POST
                    path: /taken
                    inputs:
                      life: { description: "Which life of the program sends" }
                    request:
                      query: { life: '${with.life}' }
                    response: { format: json }
                  orders.take-many:
                    kind: write
                    method: POST
                    path: /taken
                    batch: { maxRecords: 10 }
                    inputs:
                      life: { description: "Which life of the program sends" }
                    request:
                      query: { life: '${with.life}' }
                    response: { format: json }
                """.formatted(ledger));
        put(home.resolve("connectors/ledger/instances/ledger.yaml"), """
                instance: ledger
                connector: ledger
                auth: open
                """);
        put(home.resolve("routes/" + PULL + ".flow.yaml"), pull(0));
        put(home.resolve("routes/" + HOOK + ".flow.yaml"), hook(0));
    }

    /** A version of the flow that pulls a shelf. */
    static String pull(int version) {
        return """
                flow: pull-orders
                name: Version %d
                variables: { shelf: "0" }
                shapes:
                  - id: pull
                    connection: { instance: ledger, endpoint: orders.list, with: { shelf: "${flow.shelf}" } }
                  - id: paid
                    filter: { keep: { field: status, is: paid } }
                  - id: to-order
                    map: { to: json, fields: [ { to: order, from: id } ] }
                  - id: batches
                    flowControl: { size: 30 }
                  - id: push
                    connection: { instance: ledger, endpoint: orders.take-many, output: input, with: { life: "${os.FLOW_LIFE}" } }
                """.formatted(version);
    }

    /** A version of the flow that takes webhooks. */
    static String hook(int version) {
        return """
                flow: take-orders
                name: Version %d
                settings: { overlap: parallel, concurrency: %d }
                trigger:
                  - webhook: { path: orders, auth: none }
                shapes:
                  - id: to-order
                    map: { to: json, fields: [ { to: order, from: id } ] }
                  - id: push
                    connection: { instance: ledger, endpoint: orders.take, output: input, with: { life: "${os.FLOW_LIFE}" } }
                """.formatted(version, HOOKS_AT_ONCE);
    }

    /** Puts a file in place as an editor or a deployment does: whole or not at all. */
    static void put(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Path beside = file.resolveSibling("." + file.getFileName() + ".new");
        Files.writeString(beside, text);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
