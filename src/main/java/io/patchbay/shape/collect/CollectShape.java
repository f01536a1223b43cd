package io.patchbay.shape.collect;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Template;
import io.patchbay.format.CsvSettings;
import io.patchbay.format.FormatName;
import io.patchbay.format.FormatSettings;
import io.patchbay.format.XmlSettings;
import io.patchbay.payload.RecordPath;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.References;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Surroundings;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Puts the records of many payloads together. */
public final class CollectShape implements ShapeType<CollectShape.CollectSettings> {

    private static final ShapeSpec SPEC = new ShapeSpec(
            "collect", "Puts the records of many payloads into one, or into batches of so many.", """
            With `all: true` one payload has the records of all payloads of the run that reach the shape. With `size` or `bytes` a payload
            goes on when it has so many records, or before it would have more bytes of JSON than that; the last one may be smaller. A
            record that alone is larger makes a payload of its own. Order is kept, always: records stand as they came. A payload
            without records adds none, and where no record comes nothing goes on.

            `by` puts together what yields the same text for each record, like `'${record.customer}'`: each key has payloads of its own.
            Those that are full go on at once, the others at the end in the order in which their keys came first. More than `keys` of them
            waiting at once are a failure (`TOO_MANY_KEYS`).

            The payload is a list of records; `into: orders` puts the list into an object under that name. Its metadata is that of the
            payload whose record is its first. What stood around the records stays behind.

            It works when everything before it is done: what comes waits in a bucket that spills to disk. So a batch cannot go on because
            time has passed; a flow that is to send every so often has a trigger that starts it so often. A payload of more than
            512 KB is a file on disk and not in memory: a connection sends it as a stream, while a shape that looks at records
            (`map`, `filter`) reads all of it into memory.

            With `all: true` and `to: csv` (tsv, ndjson, lines, xml with `root` and `element`) the payload is written in that format at once, record by
            record, as a `convert` behind it would, with one pass over the disk less: a [large file](../formats.md#large-files) is made like that. A record that the format cannot
            carry is a failed payload of its own.

            A payload that is no JSON, or a record for which `by` has no value, is a failed payload of its own; the others are collected
            when `onError: skip` stands at the shape or a `try` around it.
            """, """
            Loses and repeats nothing. What goes on is kept before the first send behind it, so after a crash the same batches go on, byte
            for byte, and those that were sent are not sent again. Should other payloads reach the shape after the crash than before
            it, the run fails (`COLLECTED_OTHERWISE`) rather than to leave records out; the next run reads them again.
            """, """
            flow: orders-in-one
            shapes:
              - id: orders
                manualPayload: { json: [ { id: 1 }, { id: 2 }, { id: 3 } ] }
              - id: singles
                flowControl: { size: 1 }
              - id: together
                collect: { all: true, into: orders }
            """);

    /** Settings. */
    @Doc("What to put together")
    public record CollectSettings(
            @Doc("Whether all records come into one payload") @Default("false")
            boolean all,

            @Doc("Most records of a payload") @Range(min = 1, max = 100_000_000) @Nullable
            Integer size,

            @Doc("Most bytes of a payload, written as JSON, like 5MB") @Nullable
            DataSize bytes,

            @Doc("What is the same for records that belong together, like ${record.customer}") @Nullable
            Template by,

            @Doc("Most keys of `by` that wait for more records at once")
            @Default("10000")
            @Range(min = 1, max = 1_000_000)
            int keys,

            @Doc("Name under which the list of records stands; without it the payload is the list") @Nullable
            String into,

            @Doc(
                    "With `all`: format in which the records are written, one by one: csv, tsv, ndjson, lines, or xml; without it they are JSON")
            @Nullable
            FormatName to,

            @Doc("With `to`: character set") @Default("UTF-8")
            Charset charset,

            @Doc("to: csv or tsv: how rows are written") @Nullable
            CsvSettings csv,

            @Doc("to: xml: name of the root element around the records") @Nullable
            String root,

            @Doc("to: xml: name of the element that each record is, inside the root") @Nullable
            String element) {

        private static final Set<FormatName> BY_RECORD =
                EnumSet.of(FormatName.CSV, FormatName.TSV, FormatName.NDJSON, FormatName.LINES, FormatName.XML);

        /** @throws IllegalArgumentException when it is not said when a payload goes on, or said twice */
        public CollectSettings {
            boolean bounded = size != null || bytes != null;
            if (all == bounded) {
                throw new IllegalArgumentException(
                        all
                                ? "'all: true' takes every record, so 'size' and 'bytes' have no meaning beside it"
                                : "'collect' needs 'size', 'bytes', both of them, or 'all: true'");
            }
            if (bytes != null && bytes.toBytes() < 1) {
                throw new IllegalArgumentException("'bytes' must be at least 1B, found " + bytes);
            }
            if (into != null && into.isBlank()) {
                throw new IllegalArgumentException("'into' is the name of the list, found an empty text");
            }
            written(to, all && by == null && into == null, csv, root != null && element != null);
            if (csv != null) {
                csv.checkWritten(charset);
            }
            XmlSettings.checkElement("root", root);
            XmlSettings.checkElement("element", element);
            if (to != FormatName.XML && (root != null || element != null)) {
                throw new IllegalArgumentException("'root' and 'element' belong to 'to: xml'");
            }
        }

        private static void written(@Nullable FormatName to, boolean one, @Nullable CsvSettings csv, boolean elements) {
            if (csv != null && to != FormatName.CSV && to != FormatName.TSV) {
                throw new IllegalArgumentException("'csv' belongs to 'to: csv' or 'to: tsv'");
            }
            if (to == null) {
                return;
            }
            if (!BY_RECORD.contains(to)) {
                throw new IllegalArgumentException("'to' is csv, tsv, ndjson, lines or xml, found " + to.word()
                        + "; another format is written by a 'convert' behind this");
            }
            if (!one) {
                throw new IllegalArgumentException(
                        "'to' goes with 'all: true' and without 'by' and 'into': it writes all records as one content");
            }
            if (to == FormatName.XML && !elements) {
                throw new IllegalArgumentException(
                        "'to: xml' needs 'root' and 'element', the names of the elements around all records and each");
            }
        }

        FormatSettings formats(Instant at) {
            FormatSettings plain = FormatSettings.DEFAULT;
            return new FormatSettings(
                    charset,
                    csv == null ? plain.csv() : csv,
                    plain.json(),
                    plain.xml(),
                    null,
                    plain.xlsx(),
                    plain.edi(),
                    at,
                    null,
                    root,
                    element);
        }

        RecordPath path() {
            return into == null ? RecordPath.ROOT_LIST : new RecordPath(List.of(into), true);
        }

        long mostRecords() {
            return size == null ? Long.MAX_VALUE : size;
        }

        long mostBytes() {
            return bytes == null ? Long.MAX_VALUE : bytes.toBytes();
        }

        Set<Ref> reads() {
            return by == null ? Set.of() : by.reads();
        }
    }

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<CollectSettings> settings() {
        return CollectSettings.class;
    }

    @Override
    public Contract contract(CollectSettings settings, Surroundings around) {
        return Contract.many().taking(Contract.Takes.BUCKET).reading(References.state(settings.reads()));
    }

    @Override
    public Set<Ref> reads(CollectSettings settings) {
        return settings.reads();
    }

    @Override
    public Plan plan(CollectSettings settings, Placed at, Surroundings around) {
        return new Plan.Collecting(
                (bucket, parent, attempt) -> new Collected(settings, bucket, parent, attempt),
                settings.all() && settings.by() == null
                        ? (folder, queuedAt) -> new Early(settings, folder, queuedAt)
                        : null);
    }
}
