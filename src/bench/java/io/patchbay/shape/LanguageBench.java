package io.patchbay.shape;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What one record costs in a map: by fields, and by an expression of each language that says the same. Pages of 250 orders with two
 * lines each; five fields and one list. The work of the shape alone, no run around it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class LanguageBench {

    private static final int RECORDS = 250;

    /** How the map is written. */
    @Param({"fields", "jq", "jsonata", "jslt", "xslt", "xquery"})
    public String way;

    private PlacedShape shape;
    private Payload page;

    /** Runs this alone. */
    public static void main(String[] args) throws RunnerException {
        new Runner(new OptionsBuilder().include(LanguageBench.class.getName()).build()).run();
    }

    /** Deploys. */
    @Setup
    public void start() {
        ArrayNode records = Json.NODES.arrayNode();
        for (int i = 0; i < RECORDS; i++) {
            ObjectNode order = records.addObject();
            order.put("name", "#" + i).put("created_at", "2026-03-01T10:00:00Z").put("total", i + 0.5);
            order.put("currency", "GBP").put("email", "ann@example.com");
            ArrayNode lines = order.putArray("line_items");
            lines.addObject().put("sku", "A" + i).put("quantity", 1);
            lines.addObject().put("sku", "B" + i).put("quantity", 2);
        }
        page = PlacedShape.payload(records);
        shape = PlacedShape.of(
                Shapes.all().stream()
                        .filter(type -> type.spec().name().equals("map"))
                        .findFirst()
                        .orElseThrow(),
                settings());
    }

    private String settings() {
        return switch (way) {
            case "fields" -> """
                fields:
                  - { to: no, from: name }
                  - { to: placed, from: created_at }
                  - { to: total, from: total }
                  - { to: in, from: currency }
                  - { to: mail, from: email }
                  - { to: "lines[*].item", from: "line_items[*].sku" }
                  - { to: "lines[*].count", from: "line_items[*].quantity" }
                """;
            case "jq" ->
                "jq: '{no: .name, placed: .created_at, total, in: .currency, mail: .email,"
                        + " lines: [.line_items[] | {item: .sku, count: .quantity}]}'";
            case "jsonata" ->
                "jsonata: '{\"no\": name, \"placed\": created_at, \"total\": total, \"in\": currency, \"mail\": email,"
                        + " \"lines\": [line_items.{\"item\": sku, \"count\": quantity}]}'";
            case "jslt" ->
                "jslt: '{\"no\": .name, \"placed\": .created_at, \"total\": .total, \"in\": .currency, \"mail\": .email,"
                        + " \"lines\": [for (.line_items) {\"item\": .sku, \"count\": .quantity}]}'";
            case "xslt" -> """
                xslt: |
                  <xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
                    <xsl:template match="/record">
                      <order><no><xsl:value-of select="name"/></no><placed><xsl:value-of select="created_at"/></placed>
                      <total><xsl:value-of select="total"/></total><in><xsl:value-of select="currency"/></in>
                      <mail><xsl:value-of select="email"/></mail>
                      <xsl:for-each select="line_items"><lines><item><xsl:value-of select="sku"/></item>
                      <count><xsl:value-of select="quantity"/></count></lines></xsl:for-each></order>
                    </xsl:template>
                  </xsl:stylesheet>
                """;
            case "xquery" -> """
                xquery: |
                  let $r := /record return <order><no>{string($r/name)}</no><placed>{string($r/created_at)}</placed>
                  <total>{string($r/total)}</total><in>{string($r/currency)}</in><mail>{string($r/email)}</mail>
                  {for $l in $r/line_items return <lines><item>{string($l/sku)}</item><count>{string($l/quantity)}</count></lines>}</order>
                """;
            default -> throw new IllegalArgumentException(way);
        };
    }

    /** A page. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public List<Payload> page() throws Exception {
        return shape.work(page, new FakeAttempt());
    }
}
