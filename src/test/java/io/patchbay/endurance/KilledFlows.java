package io.patchbay.endurance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The files of a home folder whose flows work on a {@link Counterpart}, each of which is killed somewhere else. */
final class KilledFlows {

    private static final String CONNECTOR = """
            connector: system
            version: 1.0.0
            title: The other end
            auth:
              open: { type: none }
            requester: { baseUrl: 'http://127.0.0.1:%d', timeout: 5m, allowedHosts: ['127.0.0.1'] }
            endpoints:
              orders.list:
                kind: read
                method: GET
                path: /list
                request: { query: { at: list } }
                response: { format: json }
                recordSelector: { path: '$.orders[*]' }
                paginator: { type: linkHeader }
              orders.ask:
                kind: read
                method: GET
                path: /ask
                inputs: { at: { description: Where it stands }, about: { description: What is asked } }
                request: { query: { at: '${with.at}', about: '${with.about}' } }
                response: { format: json }
                recordSelector: { path: '$.found[*]' }
              orders.put:
                kind: write
                method: POST
                path: /put
                inputs: { at: { description: Where it stands } }
                request: { query: { at: '${with.at}' } }
                response: { format: json }
                idempotency: { type: header, name: Idempotency-Key, ttl: 1d }
              orders.put-without-key:
                kind: write
                method: POST
                path: /put
                inputs: { at: { description: Where it stands } }
                request: { query: { at: '${with.at}' } }
                response: { format: json }
              orders.put-once:
                kind: write
                method: POST
                path: /put
                inputs: { at: { description: Where it stands } }
                request: { query: { at: '${with.at}' } }
                response: { format: json }
                idempotency: { type: none }
            """;

    private static final String EACH = "  - { id: each, flowControl: { size: 1, wrapSingle: false } }\n";

    private static final Map<String, String> FLOWS = Map.ofEntries(
            Map.entry(
                    "accepted",
                    "trigger: [ { webhook: { path: accepted, auth: none } } ]\nshapes:\n" + put("accepted")),
            Map.entry("sent", "shapes:\n" + EACH + put("sent")),
            Map.entry(
                    "without-key",
                    "shapes:\n" + EACH
                            + "  - { id: push, connection: { instance: system, endpoint: orders.put-without-key, output: input, with: { at: without-key } } }\n"),
            Map.entry(
                    "never-twice",
                    "shapes:\n" + EACH
                            + "  - { id: push, onError: skip, connection: { instance: system, endpoint: orders.put-once, output: input, with: { at: never-twice } } }\n"),
            Map.entry("paged", """
                    shapes:
                      - { id: pull, connection: { instance: system, endpoint: orders.list } }
                      - { id: batches, flowControl: { size: 2 } }
                    """ + put("paged")),
            Map.entry("barrier", "shapes:\n" + EACH + put("barrier") + """
                      - { id: together, collect: { all: true } }
                      - { id: told, connection: { instance: system, endpoint: orders.put, output: input, with: { at: behind-barrier } } }
                    """),
            Map.entry("branched", "shapes:\n" + EACH + """
                      - id: both
                        branch:
                          paths:
                            - name: one
                              shapes:
                                - { id: first, connection: { instance: system, endpoint: orders.put, output: input, with: { at: first-branch } } }
                            - name: other
                              shapes:
                                - { id: second, connection: { instance: system, endpoint: orders.put, output: input, with: { at: second-branch } } }
                    """),
            Map.entry(
                    "replayed",
                    "shapes:\n" + EACH + put("replayed").replace("{ id: push,", "{ id: push, onError: skip,")),
            Map.entry("enriched", """
                    shapes:
                      - id: asked
                        enrich: { instance: system, endpoint: orders.ask, with: { at: enriched, about: "${record.id}" }, into: found }
                    """ + EACH + put("behind-enriched")),
            Map.entry("worked-out", """
                    settings: { overlap: parallel }
                    shapes:
                      - id: once
                        cached:
                          cache: worked-out
                          key: one
                          within: 10m
                          shapes:
                            - { id: asked, connection: { instance: system, endpoint: orders.ask, with: { at: worked-out, about: one } } }
                    """ + put("behind-worked-out")),
            Map.entry(
                    "calling",
                    "shapes:\n" + EACH + "  - { id: called, runFlow: { flow: called, wait: true } }\n"
                            + put("behind-called")),
            Map.entry(
                    "called",
                    "settings: { overlap: parallel }\nshapes:\n" + put("called")
                            + "  - { id: known, map: { fields: [ { to: id, from: id }, { to: called, value: true } ] } }\n"),
            Map.entry("once", """
                    shapes:
                      - { id: new-ones, deDupe: { pool: once, key: id, remember: { after: push } } }
                    """ + EACH + put("once")),
            Map.entry("scripted", """
                    shapes:
                      - { id: before, connection: { instance: system, endpoint: orders.put, output: input, with: { at: before-script } } }
                      - { id: worked, script: { file: long.py, variables: { life: "${os.FLOW_LIFE}" } } }
                    """ + put("behind-script")),
            Map.entry(
                    "parked",
                    "shapes:\n" + EACH
                            + "  - { id: push, connection: { instance: parked, endpoint: orders.put, output: input, with: { at: parked } } }\n"));

    /** In the first life it does not come to an end. */
    private static final String SCRIPT = """
            def handle(data):
                while data["variables"]["life"] == 1 or data["variables"]["life"] == "1":
                    pass
                return {"payload": data["payload"]}
            """;

    private KilledFlows() {}

    private static String put(String at) {
        return "  - { id: push, connection: { instance: system, endpoint: orders.put, output: input, with: { at: " + at
                + " } } }\n";
    }

    /** Writes the flows with these names, or all. */
    static void write(Path home, Counterpart system, String... flows) throws IOException {
        Shop.put(
                home.resolve("connectors/system/connector.yaml"),
                CONNECTOR.replace("%d", String.valueOf(system.port())));
        for (String instance : new String[] {"system", "parked"}) {
            Shop.put(
                    home.resolve("connectors/system/instances/" + instance + ".yaml"),
                    "{ instance: " + instance + ", connector: system, auth: open }\n");
        }
        Shop.put(home.resolve("routes/stores.yaml"), """
                caches:
                  worked-out: { scope: company, keep: 1d }
                pools:
                  once: { keep: 1d }
                """);
        Shop.put(home.resolve("routes/scripts/long.py"), SCRIPT);
        for (String flow : flows.length == 0 ? FLOWS.keySet().toArray(String[]::new) : flows) {
            Shop.put(home.resolve("routes/" + flow + ".flow.yaml"), "flow: " + flow + "\n" + FLOWS.get(flow));
        }
    }
}
