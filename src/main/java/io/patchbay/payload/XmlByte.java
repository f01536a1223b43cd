package io.patchbay.payload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * The byte of a line and column at which a document breaks its rules.
 *
 * <p>Own code: the JDK's reader counts characters, and counts those twice that it takes from one block to the next. The document is read once
 * more to there, so that nobody counts while all is well.
 */
public final class XmlByte {

    private static final int BLOCK = 8192;

    private XmlByte() {}

    /**
     * The byte, from 0; -1 where that is not known. Closes the content.
     *
     * @param encoding in place of what the document says of itself; null to let it say
     * @param at of an error; columns are counted from 1
     */
    public static long of(InputStream content, @Nullable String encoding, @Nullable Location at) throws IOException {
        if (at == null || at.getLineNumber() < 1 || at.getColumnNumber() < 1) {
            content.close();
            return -1;
        }
        try (XmlText text = XmlText.of(content, encoding, false)) {
            return text.told() ? counted(text, at.getLineNumber(), at.getColumnNumber()) : -1;
        } catch (XMLStreamException e) {
            return -1;
        }
    }

    private static long counted(XmlText text, int line, int column) throws IOException {
        boolean utf8 = text.charset().equals(StandardCharsets.UTF_8);
        char[] block = new char[BLOCK];
        long bytes = text.mark();
        int lines = 1;
        int columns = 1;
        boolean carriage = false;
        for (int some = text.read(block, 0, BLOCK); some >= 0; some = text.read(block, 0, BLOCK)) {
            for (int i = 0; i < some; i++) {
                char c = block[i];
                boolean second = carriage && c == '\n';
                if (!second && lines == line && columns == column) {
                    return bytes + XmlTags.bytes(block, 0, i, text.charset(), utf8);
                }
                carriage = c == '\r';
                if (!second) {
                    boolean ends = c == '\n' || c == '\r';
                    lines += ends ? 1 : 0;
                    columns = ends ? 1 : columns + 1;
                }
            }
            bytes += XmlTags.bytes(block, 0, some, text.charset(), utf8);
        }
        return lines == line && columns == column ? bytes : -1;
    }
}
