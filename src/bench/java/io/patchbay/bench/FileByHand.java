package io.patchbay.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.patchbay.payload.Json;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;

/**
 * What a good developer would write by hand for the measured flow: one loop on one thread over FastCSV, Jackson or the fastest StAX
 * there is, with strict character sets and every digit of numbers; no history, no places of errors, no restart.
 */
public final class FileByHand {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd");
    private static final List<String> FIELDS = List.of(
            "id",
            "orderNo",
            "day",
            "status",
            "customer",
            "email",
            "sku",
            "title",
            "quantity",
            "price",
            "total",
            "currency",
            "country",
            "city",
            "channel");

    private FileByHand() {}

    /** @param args kind, file that is read, file that is written */
    public static void main(String[] args) throws Exception {
        Path from = Path.of(args[1]);
        Path to = Path.of(args[2]);
        long begin = System.nanoTime();
        switch (OrderFiles.Kind.valueOf(args[0])) {
            case CSV -> csv(from, to);
            case NDJSON -> ndjson(from, to);
            case JSON -> json(from, to);
            case XML -> xml(from, to);
        }
        System.out.printf(Locale.ROOT, "TOOK %.3f%n", (System.nanoTime() - begin) / 1e9);
    }

    private static Reader reader(Path from) throws IOException {
        return new InputStreamReader(
                new BufferedInputStream(Files.newInputStream(from), 1 << 16),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    private static OutputStream writer(Path to) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(to), 1 << 16);
    }

    private static String day(String instant) {
        return DAY.format(OffsetDateTime.parse(instant));
    }

    private static BigDecimal total(BigDecimal price, BigDecimal quantity) {
        return price.multiply(quantity).setScale(2, RoundingMode.HALF_UP);
    }

    private static void csv(Path from, Path to) throws IOException {
        try (CsvReader<CsvRecord> rows = CsvReader.builder().ofCsvRecord(reader(from));
                CsvWriter out = CsvWriter.builder()
                        .lineDelimiter(LineDelimiter.CRLF)
                        .build(new java.io.OutputStreamWriter(writer(to), StandardCharsets.UTF_8))) {
            Iterator<CsvRecord> each = rows.iterator();
            List<String> names = each.next().getFields();
            Map<String, Integer> at = new HashMap<>();
            names.forEach(name -> at.put(name, at.size()));
            int status = at.get("status");
            out.writeRecord(FIELDS);
            List<String> row = new ArrayList<>();
            while (each.hasNext()) {
                CsvRecord order = each.next();
                if (order.getField(status).equals("cancelled")) {
                    continue;
                }
                row.clear();
                BigDecimal quantity = new BigDecimal(order.getField(at.get("quantity")));
                BigDecimal price = new BigDecimal(order.getField(at.get("price")));
                row.add(new BigDecimal(order.getField(at.get("id"))).toString());
                row.add(order.getField(at.get("orderNo")));
                row.add(day(order.getField(at.get("placedAt"))));
                row.add(order.getField(status).toUpperCase(Locale.ROOT));
                row.add(order.getField(at.get("customer")));
                row.add(order.getField(at.get("email")).toLowerCase(Locale.ROOT));
                row.add(order.getField(at.get("sku")));
                row.add(order.getField(at.get("title")).strip());
                row.add(quantity.toString());
                row.add(price.toString());
                row.add(total(price, quantity).toString());
                row.add(order.getField(at.get("currency")));
                row.add(order.getField(at.get("country")));
                row.add(order.getField(at.get("city")));
                row.add("web");
                out.writeRecord(row);
            }
        }
    }

    private static ObjectNode mapped(JsonNode order) {
        ObjectNode to = Json.NODES.objectNode();
        to.set("id", order.get("id"));
        to.set("orderNo", order.get("orderNo"));
        to.put("day", day(order.get("placedAt").textValue()));
        to.put("status", order.get("status").textValue().toUpperCase(Locale.ROOT));
        to.set("customer", order.get("customer"));
        to.put("email", order.get("email").textValue().toLowerCase(Locale.ROOT));
        to.set("sku", order.get("sku"));
        to.put("title", order.get("title").textValue().strip());
        to.set("quantity", order.get("quantity"));
        to.set("price", order.get("price"));
        to.put(
                "total",
                total(order.get("price").decimalValue(), order.get("quantity").decimalValue()));
        to.set("currency", order.get("currency"));
        to.set("country", order.get("country"));
        to.set("city", order.get("city"));
        to.put("channel", "web");
        return to;
    }

    private static boolean kept(JsonNode order) {
        return !order.get("status").textValue().equals("cancelled");
    }

    private static void ndjson(Path from, Path to) throws IOException {
        try (BufferedReader lines = new BufferedReader(reader(from), 1 << 16);
                OutputStream out = writer(to)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode order = Json.MAPPER.readTree(line);
                if (kept(order)) {
                    out.write(Json.MAPPER.writeValueAsBytes(mapped(order)));
                    out.write('\n');
                }
            }
        }
    }

    private static void json(Path from, Path to) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(from), 1 << 16);
                JsonParser parser = Json.MAPPER.getFactory().createParser(in);
                JsonGenerator out = Json.MAPPER.getFactory().createGenerator(writer(to))) {
            ObjectReader one = Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
            parser.nextToken();
            out.writeStartArray();
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                JsonNode order = one.readTree(parser);
                if (kept(order)) {
                    out.writeTree(mapped(order));
                }
            }
            out.writeEndArray();
        }
    }

    private static void xml(Path from, Path to) throws Exception {
        XMLInputFactory readers = XMLInputFactory.newDefaultFactory();
        readers.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        readers.setProperty(XMLInputFactory.IS_COALESCING, true);
        XMLOutputFactory writers = XMLOutputFactory.newDefaultFactory();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(from), 1 << 16);
                OutputStream file = writer(to)) {
            XMLStreamReader reader = readers.createXMLStreamReader(in);
            XMLStreamWriter out = writers.createXMLStreamWriter(file, "UTF-8");
            out.writeStartElement("orders");
            Map<String, String> order = new HashMap<>();
            int depth = 0;
            String name = "";
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        depth++;
                        name = reader.getLocalName();
                        if (depth == 3) {
                            order.put(name, "");
                        }
                    }
                    case XMLStreamConstants.CHARACTERS -> {
                        if (depth == 3) {
                            order.put(name, reader.getText());
                        }
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        if (--depth == 1) {
                            if (!order.get("status").equals("cancelled")) {
                                order(out, order);
                            }
                            order.clear();
                        }
                    }
                    default -> {
                        // whatever stands between
                    }
                }
            }
            out.writeEndElement();
            out.close();
            reader.close();
        }
    }

    private static void order(XMLStreamWriter out, Map<String, String> order) throws Exception {
        BigDecimal quantity = new BigDecimal(order.get("quantity"));
        BigDecimal price = new BigDecimal(order.get("price"));
        out.writeStartElement("order");
        element(out, "id", new BigDecimal(order.get("id")).toString());
        element(out, "orderNo", order.get("orderNo"));
        element(out, "day", day(order.get("placedAt")));
        element(out, "status", order.get("status").toUpperCase(Locale.ROOT));
        element(out, "customer", order.get("customer"));
        element(out, "email", order.get("email").toLowerCase(Locale.ROOT));
        element(out, "sku", order.get("sku"));
        element(out, "title", order.get("title").strip());
        element(out, "quantity", quantity.toString());
        element(out, "price", price.toString());
        element(out, "total", total(price, quantity).toString());
        element(out, "currency", order.get("currency"));
        element(out, "country", order.get("country"));
        element(out, "city", order.get("city"));
        element(out, "channel", "web");
        out.writeEndElement();
    }

    private static void element(XMLStreamWriter out, String name, String text) throws Exception {
        out.writeStartElement(name);
        out.writeCharacters(text);
        out.writeEndElement();
    }
}
