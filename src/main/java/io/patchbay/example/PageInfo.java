package io.patchbay.example;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * Where a page of orders begins and what list it belongs to. Callers see it as an opaque text.
 *
 * @param offset orders before the page
 * @param status open, closed, cancelled or any
 * @param financialStatus such as paid; empty for all
 */
record PageInfo(int offset, String status, String financialStatus) {

    /** Reads a call's query. @throws IllegalArgumentException if the text is not ours, or stands beside a filter */
    static PageInfo of(Map<String, String> query) {
        String text = query.get("page_info");
        if (text == null) {
            return new PageInfo(0, query.getOrDefault("status", "any"), query.getOrDefault("financial_status", ""));
        }
        if (query.containsKey("status") || query.containsKey("financial_status")) {
            // As at Shopify: the link carries the filters of the first call.
            throw new IllegalArgumentException("page_info goes with limit only");
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(",", 3);
            return new PageInfo(Math.max(0, Integer.parseInt(parts[0])), parts[1], parts[2]);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("page_info is not one of this shop", e);
        }
    }

    /** The same list from another place on. */
    PageInfo at(int newOffset) {
        return new PageInfo(newOffset, status, financialStatus);
    }

    /** The opaque text. */
    String text() {
        String plain = offset + "," + status + "," + financialStatus;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }
}
