package io.patchbay.shape.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.format.Alone;
import io.patchbay.format.Content;
import io.patchbay.format.Detected;
import io.patchbay.format.Format;
import io.patchbay.format.FormatException;
import io.patchbay.format.FormatName;
import io.patchbay.format.FormatSettings;
import io.patchbay.format.Formats;
import io.patchbay.format.Memory;
import io.patchbay.format.Records;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.SourceRecords;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What came in, read as JSON. */
record Source(ConvertSettings settings, boolean skips, String shape) {

    /**
     * What came in, and which format it has.
     *
     * @param said what was said of it when it went aside in this shape before; null when it never did
     */
    record Opened(Payload raw, FormatName name, @Nullable String said) {
        Format format() {
            return Formats.of(name);
        }

        @Nullable
        JsonNode tree() {
            return raw.body() instanceof Body.Tree json ? json.tree() : null;
        }
    }

    /** Looks which format a payload has. @throws StepException when nobody says it, or it is what nobody says */
    Opened opened(Payload payload) throws StepException {
        String said = Alone.said(payload, shape);
        if (said != null && !said.equals(Alone.MEMBER)) {
            return alone(payload, said);
        }
        Payload raw = unpacked(payload);
        FormatName name = format(raw, said);
        if (raw.body() instanceof Body.Tree && name != FormatName.JSON && name != FormatName.TEXT) {
            throw new StepException(
                    Owner.AUTHOR, "NOT_" + name, "the payload is JSON already, and 'from' says " + name.word());
        }
        return new Opened(raw, name, said);
    }

    private static Opened alone(Payload payload, String said) throws StepException {
        Payload there = Alone.readable(payload, said);
        FormatName name = there.body() instanceof Body.Tree ? FormatName.JSON : Alone.format(said);
        return new Opened(there, name, said);
    }

    private FormatName format(Payload payload, @Nullable String alone) throws StepException {
        FormatName said = settings.from() == null && settings.unpack() != null ? FormatName.AUTO : settings.from();
        if (payload.isEmpty()) {
            return said == null || said == FormatName.AUTO ? FormatName.JSON : said;
        }
        if (said != null && said != FormatName.AUTO) {
            return said;
        }
        String type = payload.body().contentType();
        FormatName byType = Detected.byType(type);
        boolean plain = byType == FormatName.TEXT;
        if (byType != null && (said == null || !plain)) {
            return byType;
        }
        byte[] start = said == null ? new byte[0] : began(payload, alone);
        if (settings.unpack() == null
                && alone == null
                && (isGzip(start) || type.matches("(?i)application/(x-)?gzip\\b.*"))) {
            throw new StepException(
                    Owner.AUTHOR, "PACKED", "the payload is packed with gzip; 'unpack: gzip' reads what is in it");
        }
        FormatName found = said == null ? null : Detected.byName(name(payload));
        found = found == null && said != null ? Detected.byStart(start) : found;
        if (found != null) {
            return found;
        }
        if (plain) {
            return FormatName.TEXT;
        }
        throw new StepException(
                Owner.AUTHOR,
                "UNKNOWN_FORMAT",
                "the payload is of the media type '"
                        + type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT)
                        + "', which says no format that can be read"
                        + (said == null ? "" : ", and neither its file's name nor its beginning does") + "; "
                        + Detected.hint(start));
    }

    /** RFC 1952, 2.3.1: no format of text begins so. */
    private static boolean isGzip(byte[] start) {
        return start.length > 1 && start[0] == 0x1f && start[1] == (byte) 0x8b;
    }

    /** The name that its file had before it was packed. */
    private static String name(Payload payload) {
        String name = payload.meta().getOrDefault("member.name", payload.meta().getOrDefault("file.name", ""));
        return name.toLowerCase(Locale.ROOT).endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    }

    private byte[] began(Payload payload, @Nullable String said) {
        try (InputStream in = stream(payload, said)) {
            return in.readNBytes(Detected.LOOKED_AT);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private boolean packed(@Nullable String said) {
        return settings.unpack() == Packed.GZIP && said == null;
    }

    private InputStream stream(Payload payload, @Nullable String said) throws IOException {
        return packed(said) ? Packing.gzip(payload.stream()) : payload.stream();
    }

    /** A JSON text that holds content of another format is that content. */
    private Payload unpacked(Payload payload) {
        FormatName said = settings.from();
        boolean packed = said != null && said != FormatName.JSON && said != FormatName.TEXT;
        if (!packed
                || !(payload.body() instanceof Body.Tree json)
                || !json.tree().isTextual()) {
            return payload;
        }
        byte[] bytes = json.tree().textValue().getBytes(StandardCharsets.UTF_8);
        return payload.withBody(new Body.Bytes(bytes, "text/plain;charset=utf-8"), RecordPath.ROOT);
    }

    /** The payload as JSON, with its records. */
    Payload read(Opened in, Attempt attempt, Asides asides) throws StepException {
        JsonNode json = in.tree();
        if (json != null) {
            return in.said() != null
                    ? in.raw()
                    : payload(
                            in.raw(),
                            json,
                            settings.records() == null ? in.raw().recordPath() : null);
        }
        if (in.format().rows()) {
            ArrayNode all = Json.NODES.arrayNode();
            Memory.Counter counter = new Memory.Counter();
            SourceRecords numbers = new SourceRecords();
            try (Records records = records(in, attempt, true)) {
                for (JsonNode record = next(records, asides, in); record != null; record = next(records, asides, in)) {
                    counter.add(record);
                    all.add(record);
                    numbers.add(asides.number());
                }
            } catch (IOException e) {
                throw broken(e, in);
            }
            Payload read = payload(in.raw(), all, null);
            // Where some went aside, their places are no numbers of records any more.
            return asides.number() == all.size() + 1L ? read : numbers.in(read);
        }
        try {
            JsonNode tree = in.format().document(content(in, attempt, true), formats(in));
            return payload(in.raw(), tree, null);
        } catch (IOException e) {
            throw broken(e, in);
        }
    }

    /** The next good record; null behind the last. */
    @Nullable
    JsonNode next(Records records, Asides asides, Opened in) throws StepException {
        while (true) {
            asides.count();
            try {
                return records.next();
            } catch (FormatException e) {
                asides.broken(e, in.name(), broken(e, in));
            } catch (IOException e) {
                throw broken(e, in);
            }
        }
    }

    private Payload payload(Payload from, JsonNode tree, @Nullable RecordPath kept) {
        RecordPath own = settings.recordPath();
        RecordPath path = own != null ? own : kept != null ? kept : RecordPath.of(tree);
        return from.withBody(new Body.Tree(tree), path);
    }

    /** The records of what came in, read one by one. */
    Records records(Opened in, Attempt attempt, boolean whole) throws StepException {
        FormatSettings formats = formats(in);
        if (in.tree() != null && in.said() != null) {
            return Records.of(in.raw().records());
        }
        if (in.tree() != null) {
            throw new StepException(
                    Owner.AUTHOR, "NOT_" + in.name(), "the payload is JSON already, so there is nothing to read of it");
        }
        if (in.name() == FormatName.JSON && settings.records() == null) {
            RecordPath own = in.raw().recordPath();
            formats = formats.with(own.equals(RecordPath.ROOT) ? RecordPath.ROOT_LIST : own);
        }
        try {
            return in.format().read(content(in, attempt, whole), formats);
        } catch (IOException e) {
            throw broken(e, in);
        }
    }

    private FormatSettings formats(Opened in) {
        boolean alone = in.said() != null && !in.said().equals(Alone.MEMBER);
        return alone ? settings.formats().alone() : settings.formats();
    }

    private @Nullable Charset charset(Opened in) throws StepException {
        Charset type = Said.charset(in.raw().body().contentType(), settings);
        return type != null || in.said() == null ? type : Said.charset(in.said(), settings);
    }

    private Content content(Opened opened, Attempt attempt, boolean whole) throws StepException {
        Payload payload = opened.raw();
        Charset said = charset(opened);
        return new Content() {
            @Override
            public InputStream open() throws IOException {
                InputStream in = stream(payload, opened.said());
                return whole && settings.unpack() != null ? Content.bounded(in, Packing.MOST_WHOLE) : in;
            }

            @Override
            public @Nullable Charset said() {
                return said;
            }

            @Override
            public Path folder() {
                return attempt.spillFolder();
            }
        };
    }

    StepException broken(IOException thrown, Opened in) {
        return Said.broken(thrown, in.name(), in.raw());
    }

    static byte[] start(Payload payload, int most) {
        try (InputStream in = payload.stream()) {
            return in.readNBytes(most);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
