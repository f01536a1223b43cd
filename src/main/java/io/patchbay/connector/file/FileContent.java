package io.patchbay.connector.file;

import io.patchbay.connector.content.ContentReader;
import io.patchbay.connector.content.ReadContent;
import io.patchbay.connector.content.RecordSource;
import io.patchbay.connector.definition.ContentConfig;
import io.patchbay.format.FormatName;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.nio.file.Path;

/** Files as records, in the format that is declared, or that their names or beginnings say. */
final class FileContent {

    private FileContent() {}

    /**
     * The records of a file.
     *
     * @param charset the setting that names its character set
     * @throws StepException when it is none of its format
     */
    static RecordSource read(Payload file, String path, ContentConfig config, String charset, Path spill)
            throws StepException {
        ReadContent content = new ReadContent(file, "file '" + path + "'", "file", null, charset, true, spill);
        boolean asks = config.format() == FormatName.AUTO && config.unpack() == null;
        FormatName name = asks ? ContentReader.detected(content, path) : config.format();
        return ContentReader.read(content, name, config);
    }
}
