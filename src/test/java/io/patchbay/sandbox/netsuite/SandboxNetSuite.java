package io.patchbay.sandbox.netsuite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import io.patchbay.sandbox.SandboxSystem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An account of NetSuite as Oracle describes SuiteTalk REST: tokens by a signed assertion, SuiteQL, and the record service for orders,
 * customers and item fulfilments. Its one subsidiary and its one location have the id 1, its currencies are USD (1) and GBP (2).
 */
public final class SandboxNetSuite implements SandboxSystem, AutoCloseable {

    private static final Pattern RECORD = Pattern.compile("/services/rest/record/v1/([A-Za-z]+)(?:/([^/]+))?");

    private final String host;
    private final Tokens tokens;
    private final SuiteQl tables = new SuiteQl();
    private final Records records;

    /**
     * An account.
     *
     * @param account id as hosts have it
     * @param client id of the integration
     * @param certificate id of the certificate
     * @param key of the certificate
     */
    public SandboxNetSuite(String account, String client, String certificate, ECPublicKey key) {
        this(account, client, certificate, key, Clock.systemUTC());
    }

    SandboxNetSuite(String account, String client, String certificate, ECPublicKey key, Clock clock) {
        this.host = account + ".suitetalk.api.netsuite.com";
        this.tokens =
                new Tokens(client, certificate, key, "https://" + host + "/services/rest/auth/oauth2/v1/token", clock);
        this.records = new Records(tables, clock);
        tables.update("insert into subsidiary values (1, 'Acme')");
        tables.update("insert into location values (1, 'Main', 'F')");
        tables.update("insert into currency values (1, 'USD'), (2, 'GBP')");
    }

    /** An item that can be sold; gives its internal id. */
    public synchronized String item(String name) {
        return records.item(name);
    }

    /** Sales orders as they were taken, with id, number and total. */
    public synchronized List<ObjectNode> orders() {
        return records.orders();
    }

    /** Customers as they were taken. */
    public synchronized List<ObjectNode> customers() {
        return records.customers();
    }

    /**
     * Fulfils quantities of an order's items.
     *
     * @param state A picked, B packed, C shipped
     */
    public synchronized void fulfil(String order, String state, String tracking, Map<String, Integer> quantities) {
        records.fulfil(order, state, tracking, quantities);
    }

    @Override
    public boolean answersAs(String asked) {
        return asked.equals(host);
    }

    @Override
    public synchronized Answer answer(Call call) {
        String path = call.address().getPath();
        if (path.equals("/services/rest/auth/oauth2/v1/token")) {
            return tokens.answer(call);
        }
        try {
            if (!tokens.takes(call.header("authorization"))) {
                throw new Refusal(401, "INVALID_LOGIN", "Invalid login attempt.");
            }
            if (path.equals("/services/rest/query/v1/suiteql")) {
                return query(call);
            }
            Matcher record = RECORD.matcher(path);
            if (record.matches()) {
                return record(call, record.group(1), record.group(2));
            }
            throw new Refusal(404, "NOT_FOUND", "There is nothing at this address.");
        } catch (Refusal e) {
            ObjectNode refused = Json.NODES.objectNode();
            refused.put("type", "https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html#sec10.4")
                    .put("title", e.status() == 400 ? "Bad Request" : "Refused")
                    .put("status", e.status());
            refused.putArray("o:errorDetails")
                    .addObject()
                    .put("detail", e.getMessage())
                    .put("o:errorCode", e.code());
            return new Answer(
                    e.status(),
                    Map.of("Content-Type", "application/vnd.oracle.resource+json; type=error"),
                    refused.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private Answer query(Call call) throws Refusal {
        if (!call.method().equals("POST") || !call.header("prefer").equals("transient")) {
            throw Refusal.of("The required request header 'Prefer' is missing or invalid. Set it to 'transient'.");
        }
        JsonNode query = body(call).path("q");
        if (!query.isTextual()) {
            throw Refusal.of("The request body must hold 'q'.");
        }
        Map<String, String> parameters = parameters(call);
        ObjectNode page = tables.page(
                query.textValue(),
                Integer.parseInt(parameters.getOrDefault("limit", "1000")),
                Integer.parseInt(parameters.getOrDefault("offset", "0")));
        return Answer.json(200, page.toString());
    }

    private Answer record(Call call, String type, String key) throws Refusal {
        if (call.method().equals("POST") && key == null) {
            String id = records.create(type, body(call));
            return new Answer(
                    204,
                    Map.of("Location", "https://" + host + "/services/rest/record/v1/" + type + "/" + id),
                    new byte[0]);
        }
        if (call.method().equals("GET") && key != null) {
            boolean expanded = "true".equalsIgnoreCase(parameters(call).get("expandSubResources"));
            return Answer.json(200, records.get(type, key, expanded).toString());
        }
        throw new Refusal(405, "METHOD_NOT_ALLOWED", "The sandbox does not do that.");
    }

    private static ObjectNode body(Call call) throws Refusal {
        try {
            if (Json.MAPPER.readTree(call.text()) instanceof ObjectNode body) {
                return body;
            }
        } catch (JsonProcessingException e) {
            // said below
        }
        throw new Refusal(400, "INVALID_CONTENT", "Invalid content in the request body.");
    }

    private static Map<String, String> parameters(Call call) {
        Map<String, String> parameters = new HashMap<>();
        String raw = call.address().getRawQuery();
        for (String one : raw == null ? new String[0] : raw.split("&")) {
            int equals = one.indexOf('=');
            parameters.put(
                    one.substring(0, equals), URLDecoder.decode(one.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return parameters;
    }

    @Override
    public void close() throws SQLException {
        tables.close();
    }
}
