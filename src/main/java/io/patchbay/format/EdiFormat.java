package io.patchbay.format;

import io.xlate.edi.stream.EDIInputFactory;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Interchanges of EDIFACT (ISO 9735) or X12, a record per message. */
final class EdiFormat implements Format {

    private static final int LOOKED_AT = 1024;
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    /** Characters of ISA. */
    private static final int ISA = 106;

    private static final Pattern SYNTAX = Pattern.compile("UNB.(UNO[A-Z])");
    private static final Map<String, String> CHARSETS = Map.ofEntries(
            Map.entry("UNOA", "ISO-8859-1"),
            Map.entry("UNOB", "ISO-8859-1"),
            Map.entry("UNOC", "ISO-8859-1"),
            Map.entry("UNOD", "ISO-8859-2"),
            Map.entry("UNOE", "ISO-8859-5"),
            Map.entry("UNOF", "ISO-8859-7"),
            Map.entry("UNOG", "ISO-8859-3"),
            Map.entry("UNOH", "ISO-8859-4"),
            Map.entry("UNOI", "ISO-8859-6"),
            Map.entry("UNOJ", "ISO-8859-8"),
            Map.entry("UNOK", "ISO-8859-9"),
            Map.entry("UNOL", "ISO-8859-15"),
            Map.entry("UNOW", "UTF-8"),
            Map.entry("UNOY", "UTF-8"));

    /** It tells of parts of its own schemas that it does not use, which is nothing to a user. Held, so that it is not forgotten. */
    private static final Logger QUIET = Logger.getLogger("io.xlate.edi");

    static {
        QUIET.setLevel(Level.SEVERE);
    }

    private final FormatName name;

    EdiFormat(FormatName name) {
        this.name = name;
    }

    @Override
    public FormatName name() {
        return name;
    }

    private boolean edifact() {
        return name == FormatName.EDIFACT;
    }

    @Override
    public List<String> mediaTypes() {
        return List.of(edifact() ? "application/edifact" : "application/edi-x12");
    }

    @Override
    public List<String> endings() {
        return edifact() ? List.of("edifact", "edi") : List.of("x12");
    }

    @Override
    public boolean rows() {
        return true;
    }

    /** EDIFACT says its character set in its envelope. */
    @Override
    public boolean text() {
        return !edifact();
    }

    /**
     * The character set that an interchange of EDIFACT says (ISO 9735-1, S001).
     *
     * @param encoding how characters are encoded (0133), which may say UTF-8 for any syntax; empty where nothing is said
     * @throws FormatException for one that says none that is known here
     */
    static Charset charset(String syntax, String encoding) throws FormatException {
        encoding(encoding);
        if (encoding.equals("7")) {
            return StandardCharsets.UTF_8;
        }
        String name = CHARSETS.get(syntax);
        if (name == null) {
            throw FormatException.refused("has the syntax '" + syntax
                    + "', whose characters are not known here; UNOA to UNOL, UNOW and UNOY are");
        }
        return Charset.forName(name);
    }

    /** @throws FormatException for an encoding of characters that is not known here */
    static void encoding(String encoding) throws FormatException {
        if (!encoding.matches("|1|2|7")) {
            throw FormatException.refused("has the character encoding '" + NotRead.shown(encoding)
                    + "'; 1 and 2 (ASCII) and 7 (UTF-8) are known here");
        }
    }

    @Override
    public Records read(Content content, FormatSettings settings) throws IOException {
        InputStream in = new BufferedInputStream(content.open(), 64 * 1024);
        in.mark(LOOKED_AT);
        int mark = mark(in.readNBytes(MARK.length));
        in.reset();
        in.skipNBytes(mark);
        in.mark(LOOKED_AT);
        byte[] head = in.readNBytes(LOOKED_AT);
        String start = new String(head, StandardCharsets.ISO_8859_1).stripLeading();
        in.reset();
        String expected = edifact() ? "UN[AB].*" : "ISA.*";
        if (!Pattern.compile(expected, Pattern.DOTALL).matcher(start).matches()) {
            in.close();
            throw FormatException.ends(edifact() ? "it must begin with UNA or UNB" : "it must begin with ISA", null);
        }
        Charset charset =
                mark > 0 ? StandardCharsets.UTF_8 : content.said() == null ? settings.charset() : content.said();
        Matcher syntax = SYNTAX.matcher(start);
        if (edifact() && mark == 0 && content.said() == null && syntax.find()) {
            try {
                charset = charset(syntax.group(1), "");
            } catch (FormatException e) {
                in.close();
                throw FormatException.ends("it " + e.getMessage(), null);
            }
        }
        EDIInputFactory factory = EDIInputFactory.newFactory();
        factory.setProperty(EDIInputFactory.EDI_VALIDATE_CONTROL_CODE_VALUES, false);
        boolean plain = Encoded.plain(charset) && (edifact() || !wide(head, charset));
        return EdiReading.of(factory, in, charset, edifact(), plain, mark, mark > 0 || content.said() != null);
    }

    /** How many bytes a byte-order mark of UTF-8 has, where one begins the content. */
    private static int mark(byte[] start) {
        return Arrays.mismatch(start, MARK) < 0 ? MARK.length : 0;
    }

    /** Whether ISA, which has so many characters, has more bytes than that in UTF-8. */
    private static boolean wide(byte[] head, Charset charset) {
        if (!charset.equals(StandardCharsets.UTF_8)) {
            return false;
        }
        int begin = 0;
        while (begin < head.length && head[begin] <= ' ' && head[begin] >= 0) {
            begin++;
        }
        boolean ofBytes = head.length > begin + ISA && head[begin + 3] == head[begin + ISA - 3];
        if (ofBytes) {
            return false; // its sender counted bytes
        }
        String text = new String(head, charset).stripLeading();
        String isa = text.substring(0, Math.min(ISA, text.length()));
        return isa.indexOf('\uFFFD') < 0 && isa.chars().anyMatch(c -> c > 0x7F);
    }

    @Override
    public RecordWriter write(OutputStream out, FormatSettings settings) throws IOException {
        return new EdiWriting(out, settings, edifact());
    }
}
