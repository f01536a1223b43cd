package io.patchbay.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.Values;
import io.patchbay.payload.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Plain text, a record per line; an empty line is an empty text. */
final class LinesFormat implements Format {

    @Override
    public FormatName name() {
        return FormatName.LINES;
    }

    @Override
    public List<String> mediaTypes() {
        return List.of("text/plain");
    }

    @Override
    public List<String> endings() {
        return List.of();
    }

    @Override
    public boolean rows() {
        return true;
    }

    @Override
    public Records read(Content content, FormatSettings settings) throws IOException {
        return new LineRecords(
                Encoded.of(content, settings), 0, line -> false, (line, at) -> Json.NODES.textNode(line));
    }

    @Override
    public RecordWriter write(OutputStream out, FormatSettings settings) throws IOException {
        Output text = new Output(out, settings.charset());
        return new RecordWriter() {
            @Override
            public void write(JsonNode record) throws IOException {
                if (record.isContainerNode() || record.isNull()) {
                    throw FormatException.refused("is no text; take a field out of it (map), or write it as ndjson");
                }
                String line = Values.text(record);
                if (line.indexOf('\n') >= 0 || line.endsWith("\r")) {
                    throw FormatException.refused("holds the end of a line, so it would be two");
                }
                text.check(line);
                text.write(line);
                text.write("\n");
            }

            @Override
            public void close() throws IOException {
                text.flush();
            }
        };
    }
}
