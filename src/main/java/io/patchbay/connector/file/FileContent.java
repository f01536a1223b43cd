package io.patchbay.connector.file;

import io.patchbay.connector.content.ContentReader;
import io.patchbay.connector.content.ReadContent;
import io.patchbay.connector.content.RecordSource;
import io.patchbay.connector.definition.ContentConfig;
import io.patchbay.format.Detected;
import io.patchbay.format.FormatName;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;

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
        FormatName name = config.format() == FormatName.AUTO ? detected(content, path) : config.format();
        return ContentReader.read(content, name, config);
    }

    private static FormatName detected(ReadContent content, String path) throws StepException {
        String lower = path.toLowerCase(Locale.ROOT);
        FormatName name = Detected.byName(lower.endsWith(".gz") ? path.substring(0, path.length() - 3) : path);
        if (name == null) {
            try (InputStream in = content.open()) {
                name = Detected.byStart(in.readNBytes(Detected.LOOKED_AT));
            } catch (IOException e) {
                throw ContentReader.broken(e, content, FormatName.AUTO);
            }
        }
        if (name == null) {
            throw ContentReader.unknown("neither the name of file '" + path + "' nor its beginning says its format; "
                    + "'content.format' can name it");
        }
        if (name == FormatName.TEXT || name == FormatName.FORM) {
            throw ContentReader.unknown("file '" + path + "' is " + name.title() + ", which is no list of records");
        }
        return name;
    }
}
