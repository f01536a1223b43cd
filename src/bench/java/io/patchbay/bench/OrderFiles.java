package io.patchbay.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Files of orders of about 200 bytes, the same ones every time: numbers with decimals, instants, names with umlauts, titles with
 * quotes and commas. One in five is cancelled.
 */
final class OrderFiles {

    /** The formats that are measured. */
    enum Kind {
        CSV,
        NDJSON,
        JSON,
        XML;

        String ending() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static final List<String> COLUMNS = List.of(
            "id",
            "orderNo",
            "placedAt",
            "status",
            "customer",
            "email",
            "sku",
            "title",
            "quantity",
            "price",
            "currency",
            "country",
            "city",
            "note");

    private static final List<String> NAMES = List.of(
            "Anna Schmidt",
            "Jürgen Groß",
            "Mary O'Neil",
            "Zoë Müller",
            "John Archer",
            "Eva Lang",
            "Karl Weiss",
            "Ida Berg");
    private static final List<String> TITLES = List.of(
            "Desk lamp, black",
            "Chair \"Oslo\" with arms",
            "Table, oak, 180 cm",
            "Shelf",
            "Kissen grün",
            "Rug 2 x 3 m");
    private static final List<String> CITIES = List.of("London", "Köln", "Paris", "Wien", "Leeds", "Berlin", "Lyon");
    private static final List<String> NOTES = List.of("", "", "leave at the door", "ring twice, please", "gift");

    private OrderFiles() {}

    /** Writes a file of at least so many bytes; answers how many orders it has. */
    static long write(Kind kind, long bytes, Path file) throws IOException {
        Random random = new Random(4180);
        long written = 0;
        long orders = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            written += put(out, begin(kind));
            StringBuilder text = new StringBuilder();
            while (written < bytes) {
                text.setLength(0);
                if (orders > 0 && kind == Kind.JSON) {
                    text.append(',');
                }
                order(kind, text, ++orders, random);
                written += put(out, text.toString());
            }
            put(out, end(kind));
        }
        return orders;
    }

    private static int put(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes);
        return bytes.length;
    }

    private static String begin(Kind kind) {
        return switch (kind) {
            case CSV -> String.join(",", COLUMNS) + "\r\n";
            case NDJSON -> "";
            case JSON -> "[";
            case XML -> "<orders>";
        };
    }

    private static String end(Kind kind) {
        return switch (kind) {
            case CSV, NDJSON -> "";
            case JSON -> "]";
            case XML -> "</orders>";
        };
    }

    private static void order(Kind kind, StringBuilder out, long id, Random random) {
        String name = of(NAMES, random);
        String status = random.nextInt(5) == 0 ? "cancelled" : random.nextBoolean() ? "paid" : "shipped";
        String placed = "2026-%02d-%02dT%02d:%02d:%02dZ"
                .formatted(
                        1 + random.nextInt(12),
                        1 + random.nextInt(28),
                        random.nextInt(24),
                        random.nextInt(60),
                        random.nextInt(60));
        List<String> values = List.of(
                String.valueOf(id),
                "UK-" + (100_000_000 + id),
                placed,
                status,
                name,
                "Buyer." + random.nextInt(1_000_000) + "@Example.com",
                "SKU-" + random.nextInt(100_000),
                of(TITLES, random),
                String.valueOf(1 + random.nextInt(9)),
                (1 + random.nextInt(900)) + "." + random.nextInt(10) + random.nextInt(10),
                "GBP",
                "GB",
                of(CITIES, random),
                of(NOTES, random));
        switch (kind) {
            case CSV -> csv(values, out);
            case NDJSON -> out.append(json(values)).append('\n');
            case JSON -> out.append(json(values));
            case XML -> xml(values, out);
        }
    }

    private static String of(List<String> texts, Random random) {
        return texts.get(random.nextInt(texts.size()));
    }

    private static void csv(List<String> values, StringBuilder out) {
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            boolean quoted = value.indexOf('"') >= 0 || value.indexOf(',') >= 0;
            out.append(i == 0 ? "" : ",").append(quoted ? "\"" + value.replace("\"", "\"\"") + "\"" : value);
        }
        out.append("\r\n");
    }

    private static String json(List<String> values) {
        ObjectNode order = Json.NODES.objectNode();
        for (int i = 0; i < values.size(); i++) {
            String name = COLUMNS.get(i);
            switch (name) {
                case "id", "quantity" -> order.put(name, Long.parseLong(values.get(i)));
                case "price" -> order.put(name, new java.math.BigDecimal(values.get(i)));
                default -> order.put(name, values.get(i));
            }
        }
        return order.toString();
    }

    private static void xml(List<String> values, StringBuilder out) {
        out.append("<order>");
        for (int i = 0; i < values.size(); i++) {
            String name = COLUMNS.get(i);
            out.append('<')
                    .append(name)
                    .append('>')
                    .append(values.get(i))
                    .append("</")
                    .append(name)
                    .append('>');
        }
        out.append("</order>");
    }
}
