package io.patchbay.shape.convert;

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
            "Changes the format of a payload: JSON, XML, CSV, NDJSON, text.",
            """
            Inside a flow records are JSON values. `to: json` makes them of what came in as another format, so that `map` and `filter` can read
            it; another `to` writes them out, for a file, a mail or a system that takes it as it is.

            | format | read | written |
            | --- | --- | --- |
            | `json` | one document | the payload as it is |
            | `xml` | as in [formats](../formats.md#xml) | an object with one member, the root element; with `root` and `element` all records as elements of a root |
            | `csv` | a record per row, every value a text | a row per record, columns by `csv: { columns: […] }` or by the first record |
            | `ndjson` | a record per line | a line per record |
            | `text` | one text | a payload that is one text, number or truth value |

            The format that came in is what its media type says, or `from`. `records` says where records stand in the JSON that was read;
            without it the items of a list are records, and anything else is one. Content that is not of its format, that `charset` cannot
            hold, or that the other format cannot carry fails the payload with the reason and the place; it is never empty or cut. A
            payload without content has no format and goes on as it is.

            A payload is read into memory as a whole, unless `chunk` says how many records a payload shall have: then rows, lines or elements are read
            one by one, and a payload goes on for each so many. `to: ndjson` writes a file on disk (as `collect` makes it of many records) line by line.
            """,
            "Nothing. XML that was read and is written again is not the same text: comments, prefixes and the order of elements of different names are lost.",
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
        return settings.chunk() == null ? Contract.one() : Contract.many();
    }

    @Override
    public Plan plan(ConvertSettings settings, Placed at, Surroundings around) {
        Source source = new Source(settings);
        if (settings.chunk() != null) {
            return new Plan.Yielding(
                    (payload, attempt) -> new Chunks(source.records(payload), settings, payload, attempt.shape()),
                    true);
        }
        Written written = new Written(settings);
        return new Plan.PerPayload((payload, attempt) -> {
            if (payload.isEmpty()) {
                return payload;
            }
            return written.lines(payload, source)
                    ? written.streamed(payload, attempt)
                    : written.of(source.read(payload));
        });
    }
}
