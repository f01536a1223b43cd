package io.patchbay.example;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the sandbox shop sells and has sold; all of it is invented.
 *
 * @param orders oldest first
 * @param variants articles with price and stock
 */
record ShopData(List<JsonNode> orders, List<JsonNode> variants) {

    ShopData {
        orders = List.copyOf(orders);
        variants = List.copyOf(variants);
    }

    /** The data that the program ships. @throws IOException if it is missing or not JSON */
    static ShopData bundled() throws IOException {
        return new ShopData(read("orders"), read("variants"));
    }

    /** Orders of a status (open, closed, cancelled or any) and, if given, of a financial status. */
    List<JsonNode> orders(String status, String financialStatus) {
        return orders.stream()
                .filter(order -> switch (status) {
                    case "open" ->
                        order.path("closed_at").isNull()
                                && order.path("cancelled_at").isNull();
                    case "closed" -> !order.path("closed_at").isNull();
                    case "cancelled" -> !order.path("cancelled_at").isNull();
                    default -> true;
                })
                .filter(order -> financialStatus.isEmpty()
                        || order.path("financial_status").asText().equals(financialStatus))
                .toList();
    }

    /** The order with this id. */
    Optional<JsonNode> order(String id) {
        return orders.stream()
                .filter(order -> order.path("id").asText().equals(id))
                .findFirst();
    }

    /** The article with this number. */
    Optional<JsonNode> variant(String sku) {
        return variants.stream()
                .filter(variant -> variant.path("sku").asText().equals(sku))
                .findFirst();
    }

    private static List<JsonNode> read(String list) throws IOException {
        String name = "/example/" + list + ".json";
        try (InputStream in = ShopData.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("the program lacks its own file " + name);
            }
            List<JsonNode> result = new ArrayList<>();
            Json.MAPPER.readTree(in).path(list).forEach(result::add);
            return result;
        }
    }
}
