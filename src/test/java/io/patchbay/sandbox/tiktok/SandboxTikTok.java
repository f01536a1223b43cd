package io.patchbay.sandbox.tiktok;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import io.patchbay.sandbox.SandboxSystem;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A shop at TikTok as Partner Center describes its Open API of 202309: tokens of the app, signature, time and cipher of each call, orders
 * by pages. Where no code of a refusal is published it is {@link #REFUSED}.
 */
public final class SandboxTikTok implements SandboxSystem {

    private static final String API = "open-api.tiktokglobalshop.com";
    private static final String AUTH = "auth.tiktok-shops.com";
    private static final Duration ACCESS = Duration.ofDays(7);
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
    private static final int BAD_TOKEN = 105_002;
    private static final int BAD_SIGN = 106_001;
    private static final int REFUSED = 36_009_004;
    private static final int MOST_IDS = 50;
    private static final Set<String> FILTERS = Set.of(
            "order_status",
            "create_time_ge",
            "create_time_lt",
            "update_time_ge",
            "update_time_lt",
            "shipping_type",
            "buyer_user_id",
            "is_buyer_request_cancel",
            "warehouse_ids");

    private final Credentials credentials;
    private final Clock clock;
    private final Map<String, Instant> tokens = new HashMap<>();
    private final Map<String, ObjectNode> orders = new LinkedHashMap<>();
    private final Map<String, List<String>> pages = new HashMap<>();
    private int made;

    /** What the app and the seller's grant are known by. */
    public record Credentials(String appKey, String appSecret, String refreshToken, String cipher) {}

    /** One unit of an article; two of it are two. */
    public record Unit(String sku, String price) {}

    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final int code;

        Refusal(int status, int code, String message) {
            super(message);
            this.status = status;
            this.code = code;
        }
    }

    /** A shop without orders. */
    public SandboxTikTok(Credentials credentials) {
        this(credentials, Clock.systemUTC());
    }

    SandboxTikTok(Credentials credentials, Clock clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    /** A paid order that the seller has to send now; it may be changed as it is in the shop. */
    public synchronized ObjectNode order(String id, Unit... units) {
        long now = clock.instant().getEpochSecond();
        ObjectNode order = Json.NODES.objectNode();
        order.put("id", id)
                .put("status", "AWAITING_SHIPMENT")
                .put("create_time", now - 90)
                .put("update_time", now - 60)
                .put("paid_time", now - 80)
                .put("buyer_email", "v" + id + "@chat.seller.example.com")
                .put("fulfillment_type", "FULFILLMENT_BY_SELLER")
                .put("shipping_type", "SELLER")
                .put("delivery_option_name", "Standard shipping");
        BigDecimal goods =
                Arrays.stream(units).map(unit -> new BigDecimal(unit.price)).reduce(BigDecimal.ZERO, BigDecimal::add);
        order.putObject("payment")
                .put("currency", "GBP")
                .put("original_total_product_price", goods.toPlainString())
                .put("sub_total", goods.toPlainString())
                .put("shipping_fee", "4.95")
                .put("seller_discount", "0.00")
                .put("platform_discount", "0.00")
                .put("tax", "0.00")
                .put("total_amount", goods.add(new BigDecimal("4.95")).toPlainString());
        ObjectNode address = order.putObject("recipient_address");
        address.put("name", "Jane Doe")
                .put("first_name", "Jane")
                .put("last_name", "Doe")
                .put("address_line1", "1 High Street")
                .put("address_line2", "")
                .put("postal_code", "LS1 1AA")
                .put("region_code", "GB")
                .put("phone_number", "(+44)1130000000");
        address.putArray("district_info")
                .addObject()
                .put("address_level_name", "City")
                .put("address_name", "Leeds")
                .put("address_level", "L2");
        ArrayNode lines = order.putArray("line_items");
        for (Unit unit : units) {
            lines.addObject()
                    .put("id", id + lines.size())
                    .put("product_name", "Article " + unit.sku)
                    .put("seller_sku", unit.sku)
                    .put("sale_price", unit.price)
                    .put("original_price", unit.price)
                    .put("currency", "GBP")
                    .put("display_status", "AWAITING_SHIPMENT");
        }
        orders.put(id, order);
        return order;
    }

    /** Something about an order changed just now. */
    public synchronized void touch(String id) {
        orders.get(id).put("update_time", clock.instant().getEpochSecond() - 1);
    }

    /** Access tokens that were given are good no more. */
    public synchronized void forgetTokens() {
        tokens.clear();
    }

    @Override
    public boolean answersAs(String host) {
        return host.equals(API) || host.equals(AUTH);
    }

    @Override
    public synchronized Answer answer(Call call) {
        Map<String, String> query = query(call);
        try {
            if (call.address().getHost().equals(AUTH)) {
                return said(200, 0, "success", tokens(call, query));
            }
            allowed(call, query);
            return said(200, 0, "Success", called(call, query));
        } catch (Refusal e) {
            return said(e.status, e.code, String.valueOf(e.getMessage()), null);
        }
    }

    private static Answer said(int status, int code, String message, JsonNode data) {
        ObjectNode answer = Json.NODES.objectNode();
        answer.put("code", code).put("message", message).put("request_id", "2026120100000001");
        if (data != null) {
            answer.set("data", data);
        }
        return Answer.json(status, answer.toString());
    }

    private JsonNode tokens(Call call, Map<String, String> query) throws Refusal {
        if (!call.address().getPath().equals("/api/v2/token/refresh")
                || !call.method().equals("GET")) {
            throw new Refusal(404, REFUSED, "no such call");
        }
        Map<String, String> wanted = Map.of(
                "app_key", credentials.appKey,
                "app_secret", credentials.appSecret,
                "refresh_token", credentials.refreshToken,
                "grant_type", "refresh_token");
        if (!wanted.equals(query)) {
            throw new Refusal(200, 105_001, "invalid parameters of the token");
        }
        String token = "TTP_access-" + ++made;
        Instant ends = clock.instant().plus(ACCESS);
        tokens.put(token, ends);
        ObjectNode data = Json.NODES.objectNode();
        data.put("access_token", token)
                .put("access_token_expire_in", ends.getEpochSecond())
                .put("refresh_token", credentials.refreshToken)
                .put(
                        "refresh_token_expire_in",
                        clock.instant().plus(Duration.ofDays(3_650)).getEpochSecond())
                .put("open_id", "open-1")
                .put("seller_name", "Acme")
                .put("seller_base_region", "GB")
                .put("user_type", 0);
        return data;
    }

    private void allowed(Call call, Map<String, String> query) throws Refusal {
        Instant ends = tokens.get(call.header("x-tts-access-token"));
        if (ends == null || !clock.instant().isBefore(ends)) {
            throw new Refusal(401, BAD_TOKEN, "Expired credentials");
        }
        if (!call.header("content-type").equals("application/json")) {
            throw new Refusal(400, REFUSED, "Content-Type must be application/json");
        }
        if (!credentials.appKey.equals(query.get("app_key"))) {
            throw new Refusal(401, REFUSED, "Invalid app_key");
        }
        Instant sent = Instant.ofEpochSecond(Long.parseLong(query.getOrDefault("timestamp", "0")));
        if (Duration.between(sent, clock.instant()).abs().compareTo(CLOCKS_DIFFER) > 0) {
            throw new Refusal(401, REFUSED, "timestamp is too far from now");
        }
        String sign = Signature.of(
                credentials.appSecret, call.method(), call.address().getPath(), query, call.body());
        if (!sign.equals(query.get("sign"))) {
            throw new Refusal(401, BAD_SIGN, "sign invalid");
        }
        if (!call.address().getPath().startsWith("/authorization/")
                && !credentials.cipher.equals(query.get("shop_cipher"))) {
            throw new Refusal(400, REFUSED, "Invalid shop_cipher");
        }
    }

    private JsonNode called(Call call, Map<String, String> query) throws Refusal {
        return switch (call.method() + " " + call.address().getPath()) {
            case "GET /authorization/202309/shops" -> shops();
            case "POST /order/202309/orders/search" -> search(call, query);
            case "GET /order/202309/orders" -> byIds(query);
            default -> throw new Refusal(404, REFUSED, "no such call");
        };
    }

    private JsonNode shops() {
        ObjectNode data = Json.NODES.objectNode();
        data.putArray("shops")
                .addObject()
                .put("id", "7000714532876273420")
                .put("name", "Acme")
                .put("region", "GB")
                .put("seller_type", "LOCAL")
                .put("cipher", credentials.cipher);
        return data;
    }

    private JsonNode byIds(Map<String, String> query) throws Refusal {
        List<String> ids = List.of(query.getOrDefault("ids", "").split(","));
        if (ids.size() > MOST_IDS) {
            throw new Refusal(400, REFUSED, "too many ids");
        }
        ObjectNode data = Json.NODES.objectNode();
        data.set("orders", found(ids));
        return data;
    }

    private ArrayNode found(List<String> ids) {
        ArrayNode found = Json.NODES.arrayNode();
        ids.stream()
                .filter(orders::containsKey)
                .forEach(id -> found.add(orders.get(id).deepCopy()));
        return found;
    }

    private JsonNode search(Call call, Map<String, String> query) throws Refusal {
        int size = Integer.parseInt(query.getOrDefault("page_size", "0"));
        if (size < 1 || size > 100) {
            throw new Refusal(400, REFUSED, "page_size must be from 1 to 100");
        }
        String token = query.getOrDefault("page_token", "");
        List<String> ids = token.isEmpty() ? matching(filter(call), query) : pages.remove(token);
        if (ids == null) {
            throw new Refusal(400, REFUSED, "Invalid page_token");
        }
        int on = Math.min(size, ids.size());
        ObjectNode data = Json.NODES.objectNode();
        String next = "";
        if (ids.size() > on) {
            next = "page-" + ++made;
            pages.put(next, List.copyOf(ids.subList(on, ids.size())));
        }
        data.put("next_page_token", next).put("total_count", ids.size());
        data.set("orders", found(ids.subList(0, on)));
        return data;
    }

    private static JsonNode filter(Call call) throws Refusal {
        try {
            JsonNode filter = call.body().length == 0 ? Json.NODES.objectNode() : Json.MAPPER.readTree(call.text());
            for (var field : filter.properties()) {
                if (!FILTERS.contains(field.getKey())) {
                    throw new Refusal(400, REFUSED, "unknown field " + field.getKey());
                }
                if (field.getKey().contains("_time_") && !field.getValue().isIntegralNumber()) {
                    throw new Refusal(400, REFUSED, field.getKey() + " must be a number");
                }
            }
            return filter;
        } catch (JsonProcessingException e) {
            throw new Refusal(400, REFUSED, "the body is no JSON");
        }
    }

    private List<String> matching(JsonNode filter, Map<String, String> query) throws Refusal {
        String sort = query.getOrDefault("sort_field", "create_time");
        if (!Set.of("create_time", "update_time").contains(sort)
                || !Set.of("ASC", "DESC").contains(query.getOrDefault("sort_order", "DESC"))) {
            throw new Refusal(400, REFUSED, "Invalid sort");
        }
        Predicate<ObjectNode> keeps = order -> true;
        for (String time : List.of("create_time", "update_time")) {
            if (filter.has(time + "_ge")) {
                keeps = keeps.and(order ->
                        order.path(time).asLong() >= filter.path(time + "_ge").asLong());
            }
            if (filter.has(time + "_lt")) {
                keeps = keeps.and(order ->
                        order.path(time).asLong() < filter.path(time + "_lt").asLong());
            }
        }
        if (filter.has("order_status")) {
            keeps = keeps.and(order -> order.path("status").equals(filter.path("order_status")));
        }
        Comparator<ObjectNode> by =
                Comparator.comparingLong(order -> order.path(sort).asLong());
        List<ObjectNode> sorted = new ArrayList<>(orders.values());
        sorted.sort(query.getOrDefault("sort_order", "DESC").equals("ASC") ? by : by.reversed());
        return sorted.stream()
                .filter(keeps)
                .map(order -> order.path("id").asText())
                .toList();
    }

    private static Map<String, String> query(Call call) {
        Map<String, String> query = new LinkedHashMap<>();
        String raw = call.address().getRawQuery();
        for (String one : raw == null ? new String[0] : raw.split("&")) {
            int equals = one.indexOf('=');
            query.put(
                    URLDecoder.decode(one.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(one.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }
}
