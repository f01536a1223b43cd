package io.patchbay.cli;

import io.patchbay.connector.content.ReadContent;
import io.patchbay.connector.definition.ContentConfig;
import io.patchbay.payload.Body;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.route.SampleContent;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file that a map is tried on.
 *
 * @param named as it was named
 */
record SampleOfMap(Terminal terminal, Path named) {

    /**
     * Its content.
     *
     * @param format what it is, or null
     * @param content how it is read, as YAML, or null
     * @param only number of the one record that is wanted; 0 for all
     * @throws Refused when there is no such file
     */
    SampleContent content(@Nullable String format, @Nullable String content, @Nullable RecordPath records, long only) {
        Path file = terminal.folder().resolve(named);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new Refused(Refused.WRONG_USE, "There is no file " + named + " that can be read.");
        }
        ContentConfig config =
                content != null ? SampleContent.config(content) : format == null ? null : SampleContent.format(format);
        Payload payload = Payload.empty(Lineage.ofRun("preview"))
                .withBody(
                        new Body.Stored(
                                file, "application/octet-stream", file.toFile().length(), 1),
                        RecordPath.ROOT);
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        return new SampleContent(
                new ReadContent(payload, "file '" + named + "'", null, null, "content.charset", true, folder),
                named.toString(),
                config,
                records,
                only);
    }
}
