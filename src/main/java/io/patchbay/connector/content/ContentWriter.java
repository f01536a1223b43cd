package io.patchbay.connector.content;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.definition.ContentConfig;
import io.patchbay.format.Format;
import io.patchbay.format.FormatException;
import io.patchbay.format.FormatName;
import io.patchbay.format.FormatSettings;
import io.patchbay.format.Formats;
import io.patchbay.format.RecordWriter;
import io.patchbay.format.Records;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Payloads as content of files and requests, in the formats that {@link io.patchbay.format} knows. */
public final class ContentWriter {

    private static final int BUFFER = 64 * 1024;

    private ContentWriter() {}

    /** Writes the records of a payload; a document of a format that is no list is the payload as a whole. */
    public static void write(Payload payload, ContentConfig config, Instant at, OutputStream out)
            throws IOException, StepException {
        if (config.gzip()) {
            GZIPOutputStream packed = new GZIPOutputStream(out, BUFFER);
            plain(payload, config, at, packed);
            packed.finish();
        } else {
            plain(payload, config, at, out);
        }
    }

    /** Media type of what is written. */
    public static String type(ContentConfig config) {
        return config.gzip()
                ? "application/gzip"
                : Formats.of(config.format()).mediaTypes().get(0);
    }

    /** The same with the character set, where the type has one, or it is another one than all expect. */
    public static String typeWithCharset(ContentConfig config) {
        String type = type(config);
        boolean said = type.startsWith("text/") || config.format() == FormatName.XML;
        boolean text = !config.gzip() && Formats.of(config.format()).text();
        return text && (said || !config.charset().equals(StandardCharsets.UTF_8))
                ? type + "; charset=" + config.charset().name().toLowerCase(Locale.ROOT)
                : type;
    }

    private static void plain(Payload payload, ContentConfig config, Instant at, OutputStream out)
            throws IOException, StepException {
        Format format = Formats.of(config.format());
        if (!format.rows() && config.element() == null) {
            try {
                format.document(payload.tree(), out, config.settings(at));
            } catch (FormatException e) {
                throw unwritten(config, "it " + e.getMessage());
            }
            return;
        }
        long number = 0;
        try (Records records = records(payload);
                RecordWriter writer = format.write(out, config.settings(at))) {
            for (JsonNode record = next(records, payload); record != null; record = next(records, payload)) {
                number++;
                writer.write(record);
            }
            number = 0;
        } catch (FormatException e) {
            throw unwritten(
                    config, (number == 0 ? "what stands around records " : "record " + number + " ") + e.getMessage());
        }
    }

    /** Records of a list on disk are read one by one: it may be larger than the memory. */
    private static Records records(Payload payload) throws IOException, StepException {
        if (!(payload.body() instanceof Body.Stored stored) || !Json.isType(stored.contentType())) {
            return Records.of(payload.parsed().records());
        }
        RecordPath path = payload.recordPath().equals(RecordPath.ROOT) ? RecordPath.ROOT_LIST : payload.recordPath();
        return Formats.of(FormatName.JSON).read(json(payload), FormatSettings.DEFAULT.with(path));
    }

    private static ReadContent json(Payload payload) {
        return new ReadContent(
                payload, "the payload", payload.body().contentType(), null, "content.charset", false, Path.of(""));
    }

    private static @Nullable JsonNode next(Records records, Payload payload) throws StepException {
        try {
            return records.next();
        } catch (IOException e) {
            throw ContentReader.broken(e, json(payload), FormatName.JSON);
        }
    }

    private static StepException unwritten(ContentConfig config, String why) {
        return new StepException(
                Owner.AUTHOR,
                "NOT_" + config.format(),
                "the payload cannot be written as " + config.format().title() + ": " + why);
    }
}
