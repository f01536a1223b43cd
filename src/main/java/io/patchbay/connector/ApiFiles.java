package io.patchbay.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.openapi.ApiOperations;
import io.patchbay.connector.openapi.DescriptionText;
import io.patchbay.connector.openapi.Overlay;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI documents beside connector files. A document is large and changes rarely: what was read of one is kept, without the
 * document, until its text is another one.
 */
public final class ApiFiles {

    private static final Pattern NAME =
            Pattern.compile("\\./(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/){0,5}[A-Za-z0-9_-][A-Za-z0-9._-]*\\.(json|yaml|yml)");
    private static final int MOST_KEPT = 1_000;

    private final Map<String, Kept> kept = new LinkedHashMap<>();

    /** What a text said: operations, or why there are none. */
    private record Kept(String hash, ApiReading reading) {}

    /** What is wrong with one of the two files. */
    @FunctionalInterface
    public interface Report {
        /**
         * Takes a problem.
         *
         * @param key the one that names the file: openapi or overlay
         */
        void problem(String key, String code, String what, @Nullable String hint);
    }

    /**
     * What came of reading.
     *
     * @param operations null when there is something wrong
     * @param key that names the file which is wrong
     * @param wrong what is wrong, or null
     */
    private record ApiReading(
            @Nullable ApiOperations operations,
            String key,
            @Nullable String wrong) {}

    /**
     * What a connector's document says with its overlay; empty when it has none, or with a problem.
     *
     * @param folder of the connector
     * @param shown the folder as people know it
     */
    public synchronized Optional<ApiOperations> read(
            Path folder, String shown, @Nullable String openapi, @Nullable String overlay, Report report) {
        if (openapi == null) {
            if (overlay != null) {
                report.problem(
                        "overlay", "NOT_HERE", "'overlay' belongs to 'openapi': there is nothing to lay it over", null);
            }
            return Optional.empty();
        }
        FolderText files = new FolderText(folder, shown, NAME, DescriptionText.LARGEST);
        String text = text(files, openapi, "openapi", report);
        String changes = overlay == null ? "" : text(files, overlay, "overlay", report);
        if (text == null || changes == null) {
            return Optional.empty();
        }
        String hash = CatalogReader.hash(text.length() + "\n" + text + changes);
        Kept known = kept.get(shown);
        if (known == null || !known.hash().equals(hash)) {
            known = new Kept(hash, reading(text, overlay == null ? null : changes));
            if (kept.size() >= MOST_KEPT) {
                kept.clear();
            }
            kept.put(shown, known);
        }
        String wrong = known.reading().wrong();
        if (wrong != null) {
            report.problem(
                    known.reading().key(),
                    "BAD_API_DOCUMENT",
                    "'" + (known.reading().key().equals("overlay") ? overlay : openapi) + "' cannot be used: " + wrong,
                    null);
        }
        return Optional.ofNullable(known.reading().operations());
    }

    private static @Nullable String text(FolderText files, String name, String key, Report report) {
        return files.read(
                name,
                "description",
                "a file below the connector's folder, like ./" + key + ".yaml",
                (code, what, hint) -> report.problem(key, code, what, hint));
    }

    private static ApiReading reading(String text, @Nullable String overlay) {
        String key = "openapi";
        try {
            JsonNode document = DescriptionText.read(text);
            if (overlay != null) {
                key = "overlay";
                Overlay.read(DescriptionText.read(overlay)).apply(document);
            }
            key = "openapi";
            return new ApiReading(ApiOperations.of(document), key, null);
        } catch (IllegalArgumentException e) {
            return new ApiReading(null, key, e.getMessage());
        }
    }
}
