package io.patchbay.shape.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.format.Alone;
import io.patchbay.format.Format;
import io.patchbay.format.FormatException;
import io.patchbay.format.FormatName;
import io.patchbay.format.Formats;
import io.patchbay.format.RecordWriter;
import io.patchbay.format.Records;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** JSON, written in another format. */
record Written(ConvertSettings settings, Source source) {

    private Format format() {
        return Formats.of(settings.to());
    }

    /** What becomes of a payload with content. */
    Payload converted(Payload payload, Attempt attempt, Asides.Leaving leaving) throws StepException {
        Source.Opened in = source.opened(payload);
        Asides asides = new Asides(leaving, in.raw(), source.shape(), source.skips());
        Payload converted = passes(in)
                ? in.raw().body() instanceof Body.Stored ? streamed(in, attempt, asides) : passed(in, attempt, asides)
                : of(source.read(in, attempt, asides), attempt, leaving);
        return Alone.forgotten(converted, source.shape());
    }

    /** What gives records, one after the other. */
    private interface Feed {
        @Nullable
        JsonNode next() throws StepException;
    }

    private Payload of(Payload payload, Attempt attempt, Asides.Leaving leaving) throws StepException {
        if (settings.to() == FormatName.JSON && settings.pack() == null) {
            return payload;
        }
        boolean each = format().rows() || settings.element() != null;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        packed(out, attempt, to -> {
            if (each) {
                records(payload, to, attempt, leaving);
            } else {
                document(payload, to, attempt);
            }
        });
        return payload.withBody(new Body.Bytes(out.toByteArray(), type()), RecordPath.ROOT);
    }

    private void packed(OutputStream out, Attempt attempt, Packing.Writing writing) throws StepException {
        List<String> endings = format().endings();
        try {
            Packing.write(settings.pack(), endings.isEmpty() ? "txt" : endings.get(0), out, attempt, writing);
        } catch (IOException e) {
            throw new StepException(Owner.INTERNAL, "DISK", "the disk of the runtime does not take what is written", e);
        }
    }

    private void records(Payload payload, OutputStream out, Attempt attempt, Asides.Leaving leaving)
            throws StepException {
        boolean each = payload.recordPath().each();
        Asides asides = new Asides(leaving, payload, source.shape(), source.skips() && each);
        Iterator<JsonNode> records = payload.records().iterator();
        all(
                () -> {
                    asides.count();
                    return records.hasNext() ? records.next() : null;
                },
                asides,
                out,
                attempt);
    }

    private void document(Payload payload, OutputStream out, Attempt attempt) throws StepException {
        try {
            format().document(payload.tree(), out, settings.writing(attempt.queuedAt()));
        } catch (FormatException e) {
            throw refused("the payload " + e.getMessage());
        } catch (IOException e) {
            throw new StepException(Owner.INTERNAL, "NOT_" + settings.to(), "the payload cannot be written", e);
        }
    }

    private StepException refused(String why) {
        return new StepException(Owner.AUTHOR, "NOT_" + settings.to(), why);
    }

    /** Writes record by record; says how many. */
    private int all(Feed feed, Asides asides, OutputStream out, Attempt attempt) throws StepException {
        int written = 0;
        try (RecordWriter writer = format().write(out, settings.writing(attempt.queuedAt()))) {
            for (JsonNode record = feed.next(); record != null; record = feed.next()) {
                try {
                    writer.write(record);
                    written++;
                } catch (FormatException e) {
                    asides.refused(
                            e,
                            record,
                            refused("the payload cannot be written as "
                                    + settings.to().title() + ": record " + asides.number() + " " + e.getMessage()));
                }
            }
        } catch (FormatException e) {
            throw refused("the payload cannot be written as " + settings.to().title() + ": what stands around records "
                    + e.getMessage());
        } catch (IOException e) {
            throw new StepException(Owner.INTERNAL, "DISK", "the disk of the runtime does not take what is written", e);
        }
        return written;
    }

    private String type() {
        if (settings.pack() != null) {
            return settings.pack().type();
        }
        String type = format().mediaTypes().get(0);
        return !format().text()
                ? type
                : type + ";charset=" + settings.writtenCharset().name().toLowerCase(Locale.ROOT);
    }

    /** Whether records are written one by one as they are read: rows always, a list where it lies on disk. */
    private boolean passes(Source.Opened in) {
        boolean list = in.raw().body() instanceof Body.Stored
                && in.name() == FormatName.JSON
                && in.raw().recordPath().each();
        boolean one = format().rows() || settings.element() != null || settings.to() == FormatName.YAML;
        return in.tree() == null && (in.format().rows() || list) && one;
    }

    private Payload passed(Source.Opened in, Attempt attempt, Asides asides) throws StepException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Records records = source.records(in, attempt, true)) {
            packed(out, attempt, to -> all(() -> source.next(records, asides, in), asides, to, attempt));
        } catch (IOException e) {
            throw source.broken(e, in);
        }
        return in.raw().withBody(new Body.Bytes(out.toByteArray(), type()), RecordPath.ROOT);
    }

    /** Records on disk, written to disk with one of them in memory. */
    private Payload streamed(Source.Opened in, Attempt attempt, Asides asides) throws StepException {
        try (Records records = source.records(in, attempt, false)) {
            Files.createDirectories(attempt.spillFolder());
            Path file = Files.createTempFile(attempt.spillFolder(), "records-", ".spill");
            boolean whole = false;
            try {
                int[] count = new int[1];
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 64 * 1024)) {
                    packed(
                            out,
                            attempt,
                            to -> count[0] = all(() -> source.next(records, asides, in), asides, to, attempt));
                }
                whole = true;
                return in.raw().withBody(new Body.Stored(file, type(), Files.size(file), count[0]), RecordPath.ROOT);
            } finally {
                if (!whole) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (JsonProcessingException e) {
            throw source.broken(e, in);
        } catch (IOException e) {
            throw new StepException(Owner.INTERNAL, "DISK", "the disk of the runtime does not take what is written", e);
        }
    }
}
