package io.patchbay.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Plytix, as version 1 of its API is described: tokens for a key, and products by search, with what was named of them. */
public final class SandboxPlytix implements SandboxSystem {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'").withZone(ZoneOffset.UTC);
    private static final Set<String> FIELDS =
            Set.of("id", "sku", "label", "status", "product_type", "created", "modified");
    private static final int PAGE = 100;
    private static final int ATTRIBUTES = 50;

    private final String key;
    private final String password;
    private final List<ObjectNode> products = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();

    /** An account with an API key. */
    public SandboxPlytix(String key, String password) {
        this.key = key;
        this.password = password;
    }

    /** Adds a product, or changes the one with the same SKU; without a SKU it is always a new one. */
    public synchronized void save(String sku, String label, Instant modified, Map<String, ?> attributes) {
        ObjectNode product = products.stream()
                .filter(one -> !sku.isEmpty() && one.path("sku").asText().equals(sku))
                .findFirst()
                .orElseGet(this::make);
        product.put("sku", sku.isEmpty() ? null : sku).put("label", label).put("modified", TIME.format(modified));
        product.set("attributes", JSON.valueToTree(attributes));
    }

    private ObjectNode make() {
        String id = UUID.randomUUID().toString().replace("-", "").substring(0, 24);
        ObjectNode product = JSON.createObjectNode().put("id", id).put("status", "Completed");
        products.add(product);
        return product;
    }

    /** Ends all tokens, as the quarter of an hour does. */
    public synchronized void endTokens() {
        tokens.clear();
    }

    @Override
    public boolean answersAs(String host) {
        return host.equals("pim.plytix.com") || host.equals("auth.plytix.com");
    }

    @Override
    public synchronized Answer answer(Call call) {
        try {
            if (call.address().getHost().equals("auth.plytix.com")) {
                return token(call);
            }
            String bearer = call.header("Authorization").replaceFirst("^Bearer ", "");
            if (!tokens.contains(bearer)) {
                return refusal(401, "The access token is not valid.");
            }
            return switch (call.method() + " " + call.address().getPath()) {
                case "POST /api/v1/products/search" -> search(JSON.readTree(call.text()));
                case "POST /api/v1/product_families/search" -> page(List.of(), JSON.readTree(call.text()));
                default -> refusal(404, "Not found.");
            };
        } catch (JsonProcessingException e) {
            return refusal(400, "The body is no JSON.");
        } catch (IllegalArgumentException e) {
            return refusal(422, e.getMessage());
        }
    }

    private Answer token(Call call) throws JsonProcessingException {
        JsonNode given = JSON.readTree(call.text());
        if (!call.address().getPath().equals("/auth/api/get-token")
                || !call.method().equals("POST")) {
            return refusal(404, "Not found.");
        }
        if (!given.path("api_key").asText().equals(key)
                || !given.path("api_password").asText().equals(password)) {
            return refusal(401, "The API key or its password is wrong.");
        }
        String token = UUID.randomUUID().toString();
        tokens.add(token);
        ObjectNode answer = JSON.createObjectNode();
        answer.putArray("data").addObject().put("access_token", token);
        return Answer.json(200, answer.toString());
    }

    private Answer search(JsonNode request) {
        List<String> names = new ArrayList<>();
        request.path("attributes").forEach(name -> names.add(name.asText()));
        if (names.size() > ATTRIBUTES) {
            throw new IllegalArgumentException("No more than 50 attributes can be asked for.");
        }
        List<JsonNode> found = new ArrayList<>();
        for (ObjectNode product : products) {
            if (PlytixFilter.any(request.path("filters"), product, FIELDS)) {
                found.add(named(product, names));
            }
        }
        String order = request.path("pagination").path("order").asText("id");
        Comparator<JsonNode> by =
                Comparator.comparing(product -> PlytixFilter.value(product, order.replaceFirst("^-", "")));
        found.sort(order.startsWith("-") ? by.reversed() : by);
        return page(found, request);
    }

    /** A product with its id and what was named, attributes by {@code attributes.NAME}. */
    private static JsonNode named(ObjectNode product, List<String> names) {
        ObjectNode told = JSON.createObjectNode().set("id", product.get("id"));
        ObjectNode attributes = told.putObject("attributes");
        for (String name : names) {
            String attribute = name.replaceFirst("^attributes\\.", "");
            JsonNode value = product.path("attributes").get(attribute);
            if (!attribute.equals(name) && value != null) {
                attributes.set(attribute, value);
            } else if (attribute.equals(name) && product.has(name)) {
                told.set(name, product.get(name));
            }
        }
        return told;
    }

    private static Answer page(List<JsonNode> all, JsonNode request) {
        int page = request.path("pagination").path("page").asInt(1);
        int size = request.path("pagination").path("page_size").asInt(25);
        if (page < 1 || size < 1 || size > PAGE) {
            throw new IllegalArgumentException("A page holds 1 to 100 entries.");
        }
        int from = Math.min(all.size(), (page - 1) * size);
        List<JsonNode> part = all.subList(from, Math.min(all.size(), from + size));
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode data = answer.putArray("data");
        data.addAll(part);
        answer.putObject("pagination")
                .put("count", part.size())
                .put("page", page)
                .put("page_size", size)
                .put("total_count", all.size());
        return Answer.json(200, answer.toString());
    }

    private static Answer refusal(int status, String message) {
        ObjectNode answer = JSON.createObjectNode();
        answer.putObject("error")
                .put("msg", message)
                .putArray("errors")
                .addObject()
                .put("msg", message);
        return Answer.json(status, answer.toString());
    }
}
