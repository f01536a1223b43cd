package io.patchbay.shape.convert;

import io.patchbay.format.Alone;
import io.patchbay.format.Records;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.ReadAhead;
import io.patchbay.payload.StepException;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Surroundings;

/** Changes the format of payloads. */
public final class ConvertShape implements ShapeType<ConvertSettings> {

    private static final ShapeSpec SPEC = new ShapeSpec(
            "convert",
            "Changes the format of a payload: JSON, XML, CSV, NDJSON, YAML, workbooks, EDIFACT, X12, fixed width, forms, text.",
            """
            Inside a flow records are JSON values. `to: json` makes them of what came in as another format, so that `map` and `filter` can read
            it; another `to` writes them out, for a file, a mail or a system that takes it as it is.

            | format | read | written |
            | --- | --- | --- |
            | `json` | one document | the payload as it is |
            | `xml` | as in [formats](../formats.md#xml) | an object with one member, the root element; with `root` and `element` all records as elements of a root |
            | `csv`, `tsv` | a record per row, every value a text | a row per record, columns by `csv: { columns: […] }` or by the first record |
            | `ndjson` | a record per line | a line per record |
            | `yaml` | one document is its value, several are a list; every digit is kept | one document |
            | `fixed` | a record per line, cut at the columns of `fixed` | a line per record |
            | `xlsx` | a record per row of a [sheet](../formats.md#workbooks): numbers with their digits, dates as texts | a row per record in one sheet |
            | `edifact`, `x12` | a record per message, as in [formats](../formats.md#edifact-and-x12) | messages in an interchange, by `edi` |
            | `form` | an object of texts; a name that comes several times is a list | an object of texts and lists of them |
            | `text` | one text | a payload that is one text, number or truth value |
            | `lines` | a text per line | a line per record |

            The format that came in is what its media type says, or `from`; with `from: auto` also the name of its file and how it begins.
            `records` says where records stand in the JSON that was read; without it the items of a list are records, and anything else is one.
            A byte-order mark says the character set, else the media type, else `charset`. A payload without content has no format and goes on as it is.

            Content that is not of its format, that `charset` cannot hold, or that the other format cannot carry is never empty or cut. It fails the payload
            with the reason and the place: the file's name, the record's number, its line, the byte at which it begins, the field. With `onError: skip` around
            the shape a row, line or record that is wrong by itself goes aside as a failed payload of its own, and the good ones go on; so
            does a record that cannot be written. What goes aside is content of its format with its media type, unpacked: a row, written again, with the row of names, a
            line with its bytes, a message in an envelope of its own, as UTF-8 or, where its bytes are none of its character set, with these; of a workbook it is the row as a record. Mended, it is replayed from here, as content, as a text of JSON that holds it, or
            as the record in JSON. Where nothing behind the wrong place can be read (XML, a document of JSON or YAML, quotes that are not closed), all of it
            fails. With `chunk` what stands before that place has gone on already: of rows (in a character set that holds ASCII) what stands from there on goes aside, behind the row of names, if it has
            64 MB at most, and a replay begins there; of anything else all of it fails, and the message says how many records stand before: mend and replay
            what stands behind them. Of a payload at most 10,000 records with 64 MB may be wrong.

            A payload is read into memory as a whole, unless `chunk` says how many records a payload shall have: then rows, lines, elements or items are read
            one by one, and a payload goes on for each so many, or sooner where its records take `chunkBytes` (8 MB) together. A single record that is read one by one
            has at most 16 MB, and a million values: a larger one is an error. Of XML and JSON `records` says where they stand. Records on disk (a list as `collect` makes it, or a file of rows) are written
            to disk one by one.

            `unpack: gzip` reads packed content. `unpack: zip` makes a payload of each member of the file, with its name as metadata `member.name`, which says
            its format too; a member with a name that leads out of its folder, more than 10,000 members and content that unpacks to more than 1,000 times its
            size fail. `members: '*.csv'` reads those alone that the pattern means, in whatever folder; with slashes (`out/*.csv`) it is about their whole way. `pack: { as: gzip }` and `pack: { as: zip, member: orders.csv }` pack what is written.
            """,
            "A replay of content that broke in the middle, was read with `chunk` and failed as a whole (JSON, XML, YAML, messages, rows in UTF-16 or with more than 64 MB behind that place) brings what stands before that place once more; a `deDupe` behind it passes over that. Else nothing. XML that was read and is written again is not the same text: comments, prefixes and the order of elements of different names are lost.",
            """
            flow: rows
            shapes:
              - id: lines
                manualPayload: { text: "sku,count\\na,1\\nb,2\\n", contentType: text/csv }
              - id: records
                convert: { to: json }
              - id: as-xml
                convert: { to: xml, root: stock, element: item }
            """);

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<ConvertSettings> settings() {
        return ConvertSettings.class;
    }

    @Override
    public Contract contract(ConvertSettings settings, Surroundings around) {
        return settings.chunk() == null && settings.unpack() != Packed.ZIP ? Contract.one() : Contract.many();
    }

    @Override
    public Plan plan(ConvertSettings settings, Placed at, Surroundings around) {
        Source source = new Source(settings, at.skips(), at.id());
        if (settings.chunk() != null) {
            return new Plan.Yielding(
                    (payload, attempt) -> {
                        Source.Opened in = source.opened(payload);
                        Records records = payload.isEmpty() ? Records.NONE : source.records(in, attempt, false);
                        return ReadAhead.of(new Chunks(records, source, in, attempt.before()));
                    },
                    true);
        }
        Written written = new Written(settings, source);
        if (settings.unpack() == Packed.ZIP) {
            return new Plan.Yielding((payload, attempt) -> members(payload, attempt, source, written), true);
        }
        return new Plan.PerPayload((payload, attempt) ->
                payload.isEmpty() ? payload : written.converted(payload, attempt, attempt::failPart));
    }

    private static Pull members(Payload payload, Attempt attempt, Source source, Written written) throws StepException {
        if (payload.isEmpty()) {
            return new Nothing();
        }
        Members.Work work = (member, leaving) -> written.converted(member, attempt, leaving);
        return Alone.said(payload, attempt.shape()) == null
                ? new Members(
                        payload, attempt, source.skips(), source.settings().members(), work)
                : Members.alone(payload, attempt, work);
    }

    /** Nothing was there. */
    private static final class Nothing implements Pull {
        @Override
        public Element next() {
            return new End();
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
