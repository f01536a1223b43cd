package io.patchbay.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A BigCommerce store with variants and their stock, by REST V3: a token in a header, pages, headers that say how many calls
 * are left. An adjustment is taken or refused as a whole; SKUs that are not there are taken and come to nothing, as behind
 * the transaction of the real one.
 */
final class SandboxBigCommerce implements SandboxSystem {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_ITEMS = 2000;
    private static final int QUOTA = 150;
    private static final List<String> IDENTITIES = List.of("sku", "variant_id", "product_id");

    private final String hash;
    private final String token;
    private final int location;
    private final Map<String, Integer> variants = new LinkedHashMap<>();
    private final Map<String, Integer> stock = new TreeMap<>();
    private int calls;
    private int adjustments;

    SandboxBigCommerce(String hash, String token, int location) {
        this.hash = hash;
        this.token = token;
        this.location = location;
    }

    /** The store has a variant with this SKU from now on, of which there is nothing yet. */
    synchronized void sell(String sku) {
        variants.put(sku, 365 + variants.size());
        stock.put(sku, 0);
    }

    /** How many of each SKU there are. */
    synchronized Map<String, Integer> stock() {
        return new TreeMap<>(stock);
    }

    /** How many adjustments were taken. */
    synchronized int adjustments() {
        return adjustments;
    }

    @Override
    public boolean answersAs(String host) {
        return host.equals("api.bigcommerce.com");
    }

    @Override
    public synchronized Answer answer(Call call) {
        calls++;
        return withLimits(answered(call));
    }

    private Answer withLimits(Answer answer) {
        Map<String, String> headers = new LinkedHashMap<>(answer.headers());
        headers.put("X-Rate-Limit-Requests-Quota", Integer.toString(QUOTA));
        headers.put("X-Rate-Limit-Requests-Left", Integer.toString(QUOTA - calls % QUOTA));
        headers.put("X-Rate-Limit-Time-Window-Ms", "30000");
        headers.put("X-Rate-Limit-Time-Reset-Ms", "15000");
        return new Answer(answer.status(), headers, answer.body());
    }

    private Answer answered(Call call) {
        if (!call.header("X-Auth-Token").equals(token)) {
            return problem(401, "The X-Auth-Token is missing or is not valid.", Map.of());
        }
        if (!call.header("Accept").contains("application/json")
                && !call.header("Accept").contains("*/*")) {
            return problem(406, "Only JSON is given.", Map.of());
        }
        CallQuery query = CallQuery.of(call.address());
        String base = "/stores/" + hash + "/v3";
        if (!call.address().getPath().startsWith(base)) {
            return problem(404, "The store or the version is not there.", Map.of());
        }
        return switch (call.method() + " " + call.address().getPath().substring(base.length())) {
            case "GET /catalog/products" -> page(Stream.of(), query);
            case "GET /catalog/variants" -> page(variantsOf(query), query);
            case "GET /inventory/items" -> page(levels(), query);
            case "GET /inventory/locations" ->
                page(Stream.of(JSON.createObjectNode().put("id", location)), query);
            case "PUT /inventory/adjustments/absolute" -> set(call);
            default -> problem(404, "This is not there.", Map.of());
        };
    }

    private static Answer problem(int status, String title, Map<String, String> errors) {
        ObjectNode body = JSON.createObjectNode().put("status", status).put("title", title);
        body.put("type", "https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes");
        ObjectNode fields = body.putObject("errors");
        errors.forEach(fields::put);
        return Answer.json(status, body.toString());
    }

    private Stream<ObjectNode> variantsOf(CallQuery query) {
        List<String> wanted = Stream.of("sku", "sku:in")
                .flatMap(name -> query.get(name).stream())
                .flatMap(text -> Stream.of(text.split(",")))
                .toList();
        return variants.entrySet().stream()
                .filter(one -> wanted.isEmpty() || wanted.contains(one.getKey()))
                .map(one -> JSON.createObjectNode()
                        .put("id", one.getValue())
                        .put("product_id", 111)
                        .put("sku", one.getKey())
                        .put("inventory_level", stock.get(one.getKey())));
    }

    private Stream<ObjectNode> levels() {
        return stock.entrySet().stream().map(one -> {
            ObjectNode level = JSON.createObjectNode();
            level.putObject("identity").put("sku", one.getKey()).put("variant_id", variants.get(one.getKey()));
            level.putArray("locations")
                    .addObject()
                    .put("location_id", location)
                    .put("available_to_sell", one.getValue());
            return level;
        });
    }

    private static Answer page(Stream<ObjectNode> found, CallQuery query) {
        int size = query.count("limit", 50).orElse(0);
        int page = query.count("page", 1).orElse(0);
        if (size < 1 || size > 250 || page < 1) {
            return problem(422, "Invalid field(s): page, limit", Map.of("limit", "error.expected.at_most_250"));
        }
        List<ObjectNode> all = found.toList();
        ObjectNode body = JSON.createObjectNode();
        ArrayNode data = body.putArray("data");
        all.stream().skip((long) (page - 1) * size).limit(size).forEach(data::add);
        body.putObject("meta")
                .putObject("pagination")
                .put("total", all.size())
                .put("count", data.size())
                .put("per_page", size)
                .put("current_page", page)
                .put("total_pages", (all.size() + size - 1) / size);
        return Answer.json(200, body.toString());
    }

    private Answer set(Call call) {
        JsonNode items;
        try {
            items = JSON.readTree(call.body()).path("items");
        } catch (IOException e) {
            return problem(400, "Input is invalid", Map.of());
        }
        if (!items.isArray() || items.isEmpty() || items.size() > MOST_ITEMS) {
            return problem(422, "Invalid number of items", Map.of("items", "from 1 to 2000 items are expected"));
        }
        for (int at = 0; at < items.size(); at++) {
            Optional<String> refused = refused(items.get(at));
            if (refused.isPresent()) {
                return problem(422, "JSON data is missing or invalid", Map.of("items." + at, refused.orElseThrow()));
            }
        }
        items.forEach(item -> stock.computeIfPresent(
                item.get("sku").asText(), (sku, before) -> item.get("quantity").asInt()));
        adjustments++;
        return new Answer(
                200,
                Map.of("Content-Type", "application/json"),
                "{\"transaction_id\":\"t-%d\"}".formatted(adjustments).getBytes(StandardCharsets.UTF_8));
    }

    private Optional<String> refused(JsonNode item) {
        if (IDENTITIES.stream().filter(item::has).count() != 1) {
            return Optional.of("one of sku, variant_id and product_id is expected");
        }
        if (!item.path("location_id").isInt() || item.get("location_id").asInt() != location) {
            return Optional.of("location_id: the location is not there");
        }
        JsonNode quantity = item.path("quantity");
        return quantity.isIntegralNumber() && quantity.canConvertToInt() && quantity.asInt() >= 0
                ? Optional.empty()
                : Optional.of("quantity: a whole number from 0 to 2147483647 is expected");
    }
}
