package io.patchbay.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.format.FormatException;
import io.patchbay.format.Records;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.run.KeptCaches;
import io.patchbay.shape.cache.CacheEntry.Kind;
import io.patchbay.shape.cache.CacheSpace;
import io.patchbay.shape.cache.CacheWrite;
import io.patchbay.shape.cache.CacheWrite.How;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes rows of comma separated values into a space of a cache, in portions that are taken whole or not at all. */
final class CacheCsvIn {

    /** What an export has; an import needs the first and the last. */
    static final List<String> COLUMNS =
            List.of("key", "kind", "part", "type", "records", "meta", "written", "expires", "encoding", "value");

    /** Type of an entry without content. */
    static final String NOTHING = "none";

    private static final int PORTION = 200;
    private static final int PORTION_CHARS = 4 << 20;
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private final KeptCaches caches;
    private final CacheSpace space;
    private final @Nullable Duration keep;
    private final List<CacheWrite> portion = new ArrayList<>();
    private long chars;
    private long rows;
    private long entries;
    private long written;
    private @Nullable String last;

    private CacheCsvIn(KeptCaches caches, CacheSpace space, @Nullable Duration keep) {
        this.caches = caches;
        this.space = space;
        this.keep = keep;
    }

    /** Takes all rows. @throws IOException when the body breaks off or is too large */
    static ImportedEntriesView take(KeptCaches caches, CacheSpace space, InputStream body, @Nullable Duration keep)
            throws IOException {
        return new CacheCsvIn(caches, space, keep).all(body);
    }

    private ImportedEntriesView all(InputStream body) throws IOException {
        try (Records csv = CsvBody.read(body)) {
            for (JsonNode row = csv.next(); row != null; row = csv.next()) {
                add(row);
                rows++;
                if (portion.size() >= PORTION || chars > PORTION_CHARS) {
                    write();
                }
            }
        } catch (FormatException e) {
            throw Refusal.badRequest("Behind row " + rows + " " + CsvBody.why(e) + "; " + done());
        }
        write();
        return new ImportedEntriesView(rows, entries);
    }

    private String done() {
        return "rows that are in: " + written + ".";
    }

    private org.springframework.web.ErrorResponseException wrong(String what) {
        return Refusal.badRequest("Row " + (rows + 1) + " " + what + "; " + done());
    }

    private void write() {
        if (portion.isEmpty()) {
            return;
        }
        try {
            caches.write(space, portion, keep);
        } catch (StepException e) {
            throw CachesResource.refused(e, " Rows that are in: " + written + " of " + rows + ".");
        }
        written = rows;
        portion.clear();
        chars = 0;
    }

    private void add(JsonNode row) {
        String key = CsvCell.plain(row.path("key").asText());
        if (key.isEmpty() || key.length() > CacheWrite.LONGEST_KEY || key.indexOf('\0') >= 0) {
            throw wrong(
                    key.isEmpty()
                            ? "has no value in the column 'key'; the first row names the columns: key, value and what an"
                                    + " export has beside them"
                            : key.indexOf('\0') >= 0
                                    ? "has the character 0 in its key"
                                    : "has a key of " + key.length() + " characters, more than "
                                            + CacheWrite.LONGEST_KEY);
        }
        if (!row.has("value")) {
            throw wrong("has no column 'value'; the first row names the columns: key, value and what an export has"
                    + " beside them");
        }
        Kind kind = kind(row.path("kind").asText());
        boolean fresh = !key.equals(last);
        last = key;
        if (fresh && kind != Kind.VALUE) {
            portion.add(new CacheWrite(key, How.CLEAR, null, null));
        }
        How how = kind == Kind.VALUE ? How.PUT : kind == Kind.LIST ? How.APPEND : How.PAGE;
        portion.add(new CacheWrite(key, how, payload(row), null));
        chars += row.path("value").asText().length();
        entries += fresh ? 1 : 0;
    }

    private Kind kind(String text) {
        return switch (text) {
            case "", "value" -> Kind.VALUE;
            case "list" -> Kind.LIST;
            case "pages" -> Kind.PAGES;
            default -> throw wrong("has the kind " + Refusal.quoted(text) + "; there are value, list, pages");
        };
    }

    private Payload payload(JsonNode row) {
        String type = row.path("type").asText("");
        Map<String, String> meta = meta(row.path("meta").asText(""));
        if (type.equals(NOTHING)) {
            return new Payload(new Lineage(""), Body.EMPTY, RecordPath.ROOT, meta);
        }
        byte[] bytes = bytes(row.path("encoding").asText(""), row.path("value").asText());
        RecordPath path = path(row.path("records").asText(""));
        if (!type.isEmpty() && !type.startsWith("application/json")) {
            return new Payload(
                    new Lineage(""), new Body.Bytes(bytes, type), path == null ? RecordPath.ROOT : path, meta);
        }
        try {
            JsonNode tree = Json.MAPPER.readTree(bytes);
            if (tree == null || tree.isMissingNode()) {
                throw wrong(
                        "has no JSON in the column 'value'; a text stands in quotes, another type in the column 'type'");
            }
            return new Payload(new Lineage(""), new Body.Tree(tree), path == null ? RecordPath.of(tree) : path, meta);
        } catch (IOException e) {
            throw wrong(
                    "has no JSON in the column 'value'; a text stands in quotes, another type in the column 'type'");
        }
    }

    private byte[] bytes(String encoding, String value) {
        return switch (encoding) {
            case "", "text" -> CsvCell.plain(value).getBytes(StandardCharsets.UTF_8);
            case "base64" -> decoded(value);
            default -> throw wrong("has the encoding " + Refusal.quoted(encoding) + "; there are text, base64");
        };
    }

    private byte[] decoded(String value) {
        try {
            return Base64.getDecoder().decode(value);
        } catch (IllegalArgumentException e) {
            throw wrong("has a value that is not Base64, which its column 'encoding' says");
        }
    }

    private @Nullable RecordPath path(String text) {
        try {
            return text.isEmpty() ? null : RecordPath.parse(text);
        } catch (IllegalArgumentException e) {
            throw wrong(
                    "names the records " + Refusal.quoted(text) + "; they are at one place, like $[*] or $.orders[*]");
        }
    }

    private Map<String, String> meta(String text) {
        try {
            return text.isEmpty() ? Map.of() : Json.MAPPER.readValue(text, TEXTS);
        } catch (JsonProcessingException e) {
            throw wrong("has no JSON object of texts in the column 'meta'");
        }
    }
}
