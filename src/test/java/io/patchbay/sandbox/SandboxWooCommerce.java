package io.patchbay.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A WooCommerce shop with its orders, by REST wc/v3: keys as Basic, paging by headers, filters by the time of change. The
 * shop stands an hour east of Greenwich, so that who mixes up its two times reads the wrong orders.
 */
final class SandboxWooCommerce implements SandboxSystem {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = "/wp-json/wc/v3";
    private static final Duration EAST = Duration.ofHours(1);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");
    private static final Pattern DATE =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt ]\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}(:\\d{2})?)?");
    private static final Set<String> STATUSES =
            Set.of("any", "trash", "pending", "processing", "on-hold", "completed", "cancelled", "refunded", "failed");
    private static final Set<String> ORDERED = Set.of("date", "id", "include", "title", "slug", "modified");

    private final String host;
    private final String key;
    private final String secret;
    private final Clock clock;
    private final Map<Integer, ObjectNode> orders = new TreeMap<>();

    SandboxWooCommerce(String host, String key, String secret, Clock clock) {
        this.host = host;
        this.key = key;
        this.secret = secret;
        this.clock = clock;
    }

    /** Somebody buys, or the shop changes an order: what is given takes the place of what is there, and counts as changed now. */
    synchronized void put(int id, String fields) throws IOException {
        ObjectNode order = orders.computeIfAbsent(id, this::fresh);
        order.setAll((ObjectNode) JSON.readTree(fields));
        stamp(order, "date_modified");
    }

    private ObjectNode fresh(int id) {
        ObjectNode order =
                JSON.createObjectNode().put("id", id).put("parent_id", 0).put("number", Integer.toString(id));
        order.put("status", "processing").put("currency", "GBP").put("prices_include_tax", true);
        stamp(order, "date_created");
        for (String list :
                List.of("line_items", "shipping_lines", "fee_lines", "coupon_lines", "refunds", "meta_data")) {
            order.putArray(list);
        }
        return order;
    }

    private void stamp(ObjectNode order, String field) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        order.put(field, SECONDS.format(LocalDateTime.ofInstant(now.plus(EAST), ZoneOffset.UTC)));
        order.put(field + "_gmt", SECONDS.format(LocalDateTime.ofInstant(now, ZoneOffset.UTC)));
    }

    @Override
    public boolean answersAs(String name) {
        return name.equals(host);
    }

    @Override
    public synchronized Answer answer(Call call) {
        Optional<Answer> refused = refused(call.header("Authorization"));
        if (refused.isPresent()) {
            return refused.orElseThrow();
        }
        String path = call.address().getPath();
        if (path.equals(API + "/orders") && call.method().equals("GET")) {
            return list(CallQuery.of(call.address()), call.address());
        }
        if (path.equals(API + "/products") && call.method().equals("GET")) {
            return page(List.of(), CallQuery.of(call.address()), call.address());
        }
        if (path.matches(API + "/orders/[0-9]+") && call.method().equals("GET")) {
            ObjectNode order = orders.get(Integer.valueOf(path.substring(path.lastIndexOf('/') + 1)));
            return order == null
                    ? problem(404, "woocommerce_rest_shop_order_invalid_id", "Invalid ID.")
                    : Answer.json(200, order.toString());
        }
        return problem(404, "rest_no_route", "No route was found matching the URL and request method.");
    }

    private Optional<Answer> refused(String authorization) {
        if (!authorization.startsWith("Basic ")) {
            return Optional.of(problem(401, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources."));
        }
        String given = new String(Base64.getDecoder().decode(authorization.substring(6)), StandardCharsets.UTF_8);
        if (!given.startsWith(key + ":")) {
            return Optional.of(problem(401, "woocommerce_rest_authentication_error", "Consumer key is invalid."));
        }
        return given.equals(key + ":" + secret)
                ? Optional.empty()
                : Optional.of(problem(401, "woocommerce_rest_authentication_error", "Consumer secret is invalid."));
    }

    private static Answer problem(int status, String code, String message) {
        ObjectNode body = JSON.createObjectNode().put("code", code).put("message", message);
        body.putObject("data").put("status", status);
        return Answer.json(status, body.toString());
    }

    private static Answer wrong(String parameter) {
        ObjectNode body = JSON.createObjectNode()
                .put("code", "rest_invalid_param")
                .put("message", "Invalid parameter(s): " + parameter);
        body.putObject("data").put("status", 400).putObject("params").put(parameter, parameter + " is not valid.");
        return Answer.json(400, body.toString());
    }

    private Answer list(CallQuery query, URI address) {
        for (String date : List.of("modified_after", "modified_before", "after", "before")) {
            if (query.get(date).filter(text -> !DATE.matcher(text).matches()).isPresent()) {
                return wrong(date);
            }
        }
        List<String> statuses = List.of(query.get("status", "any").split(","));
        if (!STATUSES.containsAll(statuses)) {
            return wrong("status");
        }
        if (!ORDERED.contains(query.get("orderby", "date"))) {
            return wrong("orderby");
        }
        if (!Set.of("asc", "desc").contains(query.get("order", "desc"))) {
            return wrong("order");
        }
        boolean gmt = query.get("dates_are_gmt", "false").equals("true");
        Comparator<ObjectNode> by = Comparator.comparing(order -> switch (query.get("orderby", "date")) {
            case "id" -> "%012d".formatted(order.get("id").asInt());
            case "modified" -> order.get("date_modified_gmt").asText();
            default -> order.get("date_created_gmt").asText();
        });
        Stream<ObjectNode> found = orders.values().stream()
                .filter(order -> inStatus(order.get("status").asText(), statuses))
                .filter(between(query, gmt, "date_modified", "modified_"))
                .filter(between(query, gmt, "date_created", ""))
                .filter(order -> query.get("include").isEmpty()
                        || List.of(query.get("include", "").split(","))
                                .contains(order.get("id").asText()));
        return page(
                found.sorted(query.get("order", "desc").equals("asc") ? by : by.reversed())
                        .toList(),
                query,
                address);
    }

    private static boolean inStatus(String status, List<String> wanted) {
        return wanted.contains(status) || wanted.contains("any") && !status.equals("trash");
    }

    /** Both bounds are not in it. Times without a zone are those of the shop, unless it is told that they are not. */
    private static Predicate<ObjectNode> between(CallQuery query, boolean gmt, String field, String prefix) {
        String name = gmt ? field + "_gmt" : field;
        return order -> {
            String at = order.get(name).asText();
            return query.get(prefix + "after")
                            .map(from -> at.compareTo(bare(from)) > 0)
                            .orElse(true)
                    && query.get(prefix + "before")
                            .map(to -> at.compareTo(bare(to)) < 0)
                            .orElse(true);
        };
    }

    private static String bare(String date) {
        return date.substring(0, 19).replace(' ', 'T');
    }

    private static Answer page(List<ObjectNode> found, CallQuery query, URI address) {
        int size = query.count("per_page", 10).orElse(0);
        int page = query.count("page", 1).orElse(0);
        if (size < 1 || size > 100) {
            return wrong("per_page");
        }
        if (page < 1) {
            return wrong("page");
        }
        int pages = (found.size() + size - 1) / size;
        ArrayNode body = JSON.createArrayNode();
        found.stream()
                .skip((long) (page - 1) * size)
                .limit(size)
                .map(JsonNode::deepCopy)
                .forEach(one -> body.add((JsonNode) one));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json; charset=UTF-8");
        headers.put("X-WP-Total", Integer.toString(found.size()));
        headers.put("X-WP-TotalPages", Integer.toString(pages));
        if (page < pages) {
            headers.put(
                    "Link",
                    "<https://%s%s?page=%d>; rel=\"next\"".formatted(address.getHost(), address.getPath(), page + 1));
        }
        return new Answer(200, headers, body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
