package io.patchbay.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records as messages in an interchange: envelope, counts and references are made here. A record of another interchange or group begins a
 * new one.
 */
final class EdiWriting implements RecordWriter {

    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("yyMMdd");
    private static final DateTimeFormatter LONG = DateTimeFormatter.ofPattern("yyyyMMdd");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmm");
    /** Functional identifiers of groups (X12, GS01). */
    private static final Map<String, String> FUNCTIONS = Map.of(
            "850", "PO", "855", "PR", "856", "SH", "810", "IN", "846", "IB", "860", "PC", "865", "CA", "997", "FA",
            "820", "RA");

    private final OutputStream out;
    private final EdiSettings edi;
    private final LocalDateTime now;
    private final boolean edifact;
    private final Charset charset;
    private @Nullable EdiSegments segments;
    private ObjectNode interchange = Json.NODES.objectNode();
    private ObjectNode group = Json.NODES.objectNode();
    private ObjectNode begunWith = Json.NODES.objectNode();
    private ObjectNode groupBegunWith = Json.NODES.objectNode();
    private EdiReferences references = new EdiReferences();
    private EdiReferences groupReferences = new EdiReferences();
    private boolean inGroup;
    private int interchanges;
    private int groups;
    private int messages;
    private int inInterchange;
    private int inThisGroup;

    EdiWriting(OutputStream out, FormatSettings settings, boolean edifact) {
        this.out = out;
        this.edi = settings.edi();
        this.now = LocalDateTime.ofInstant(settings.at(), ZoneOffset.UTC);
        this.edifact = edifact;
        this.charset = settings.charset();
    }

    /** EDIFACT says its character set itself; that of X12 is agreed on beside it. */
    private Charset charset(ObjectNode outer) throws FormatException {
        return edifact
                ? EdiFormat.charset(
                        outer.path("syntax").asText(), outer.path("encoding").asText())
                : charset;
    }

    /** Whether there is a sign for an element that comes again. */
    private boolean repeats(ObjectNode outer) {
        return edifact
                ? outer.path("syntaxVersion").asText().equals("4")
                : outer.path("version").asText().compareTo("00402") >= 0;
    }

    /** Version 4 of the syntax has dates of eight digits, those before of six (ISO 9735, 0017). */
    private static void syntax(ObjectNode outer) throws FormatException {
        String version = outer.path("syntaxVersion").asText();
        if (!version.matches("[1-4]")) {
            throw FormatException.refused("has the interchange.syntaxVersion '" + NotRead.shown(version)
                    + "'; versions 1 to 4 are written (edi.syntaxVersion)");
        }
        String date = outer.path("date").asText();
        if (!version.equals("4") && date.matches("20[0-9]{6}")) {
            date = date.substring(2); // many say the century too early
            outer.put("date", date);
        }
        int digits = version.equals("4") ? 8 : 6;
        if (!date.matches("[0-9]{" + digits + "}")) {
            throw FormatException.refused("has an interchange.date that has no " + digits
                    + " digits, as syntax version " + version + " has them (" + (digits == 8 ? "yyyyMMdd" : "yyMMdd")
                    + ")");
        }
    }

    @Override
    public void write(JsonNode record) throws IOException {
        if (!record.path("segments").isArray()) {
            throw FormatException.refused("has no list 'segments', so it is no message");
        }
        ObjectNode message = message(record.path("message"));
        ObjectNode outer = interchange(record.path("interchange"));
        ObjectNode inner = group(record.path("group"), message);
        boolean grouped = !edifact || record.path("group").isObject();
        boolean sameOuter = segments != null && outer.equals(begunWith) && grouped == inGroup;
        boolean same = sameOuter && (!grouped || inner.equals(groupBegunWith));
        referred(message, same || (sameOuter && !grouped) ? references : new EdiReferences());
        if (grouped && !same && inner.hasNonNull("reference") && sameOuter) {
            unique("group", inner, groupReferences);
        }
        EdiSegments checked = new EdiSegments(edi, edifact, charset(outer), repeats(outer));
        for (JsonNode segment : record.path("segments")) {
            checked.check(segment);
        }
        checked.checkText(
                String.join("", texts(message)) + String.join("", texts(outer)) + String.join("", texts(inner)));
        EdiHeader head = edifact ? EdiHeader.UNH : EdiHeader.ST;
        head.elements(message);
        place(outer, inner, grouped, sameOuter, same);
        references.add(message.path("reference").asText());
        EdiSegments to = java.util.Objects.requireNonNull(segments);
        to.beginMessage();
        to.header(head, message);
        for (JsonNode segment : record.path("segments")) {
            to.segment(segment);
        }
        String reference = message.path("reference").asText();
        to.plain(edifact ? "UNT" : "SE", List.of(String.valueOf(to.inMessage() + 1), reference));
        messages++;
        inInterchange++;
        inThisGroup++;
    }

    private static List<String> texts(ObjectNode named) {
        return named.properties().stream()
                .filter(member ->
                        !member.getKey().equals("component") && !member.getKey().equals("repetition"))
                .map(member -> member.getValue().asText())
                .toList();
    }

    /** A message has the reference that it says, or the next number that no other has. */
    private void referred(ObjectNode message, EdiReferences taken) throws FormatException {
        String next = String.valueOf(taken.free((long) edi.firstMessage() + messages));
        orElse(message, "reference", edifact ? next : "0".repeat(Math.max(0, 4 - next.length())) + next);
        unique("message", message, taken);
    }

    private static void unique(String what, ObjectNode named, EdiReferences taken) throws FormatException {
        String reference = named.path("reference").asText();
        if (taken.has(reference)) {
            throw FormatException.refused("has the " + what + ".reference '" + reference
                    + "', which another one before it has; without one the next number is taken");
        }
        if (!taken.room(reference)) {
            throw FormatException.refused("has a " + what + ".reference of its own, as too many before it have;"
                    + " without one the next number is taken");
        }
    }

    /** Begins what the record stands in, where it is not begun: all that it says, and what settings say for it, is the same there. */
    private void place(ObjectNode outer, ObjectNode inner, boolean grouped, boolean sameOuter, boolean same)
            throws IOException {
        if (!sameOuter) {
            endInterchange();
            begunWith = outer.deepCopy();
            orElse(outer, "reference", reference());
            interchange = outer;
            EdiSegments begun = new EdiSegments(edi, edifact, charset(outer), repeats(outer));
            begun.open(out);
            begun.interchange(edifact ? EdiHeader.UNB : EdiHeader.ISA, outer);
            segments = begun;
            interchanges++;
            groups = 0;
            inInterchange = 0;
            references = new EdiReferences();
            groupReferences = new EdiReferences();
        }
        if (inGroup && !same) {
            endGroup();
        }
        if (grouped && !inGroup) {
            groupBegunWith = inner.deepCopy();
            orElse(inner, "reference", String.valueOf(groupReferences.free(groups + 1L)));
            groupReferences.add(inner.path("reference").asText());
            group = inner;
            java.util.Objects.requireNonNull(segments).header(edifact ? EdiHeader.UNG : EdiHeader.GS, inner);
            inGroup = true;
            inThisGroup = 0;
            groups++;
            references = new EdiReferences();
        }
    }

    /** The reference of the settings; a further interchange has the next one: the number at its end counts on. */
    private String reference() {
        String said = edi.reference();
        if (interchanges == 0) {
            return padded(said);
        }
        int digits = said.length();
        while (digits > 0 && said.length() - digits < 9 && Character.isDigit(said.charAt(digits - 1))) {
            digits--;
        }
        String number = said.substring(digits);
        long next = (number.isEmpty() ? 1 : Long.parseLong(number)) + interchanges;
        String text = String.valueOf(next);
        return padded(said.substring(0, digits) + "0".repeat(Math.max(0, number.length() - text.length())) + text);
    }

    private String padded(String reference) {
        return edifact ? reference : "0".repeat(Math.max(0, 9 - reference.length())) + reference;
    }

    private static ObjectNode copy(JsonNode said, String what) throws FormatException {
        if (!said.isMissingNode() && !said.isNull() && !said.isObject()) {
            throw FormatException.refused("has '" + what + "', which is no object");
        }
        return said instanceof ObjectNode object ? object.deepCopy() : Json.NODES.objectNode();
    }

    private static void orElse(ObjectNode named, String name, @Nullable String value) {
        if (value != null && named.path(name).asText("").isEmpty()) {
            named.put(name, value);
        }
    }

    private static void needed(ObjectNode named, String what, String... names) throws FormatException {
        for (String name : names) {
            if (named.path(name).asText("").isEmpty()) {
                throw FormatException.refused(
                        "says no " + what + "." + name + ", and neither does the setting 'edi' (edi." + name + ")");
            }
        }
    }

    private ObjectNode message(JsonNode said) throws FormatException {
        ObjectNode message = copy(said, "message");
        orElse(message, "type", edi.type());
        needed(message, "message", "type");
        if (edifact) {
            String[] version =
                    edi.version() == null ? new String[0] : edi.version().split(":", -1);
            List<String> names = List.of("version", "release", "agency", "association");
            for (int i = 0; i < Math.min(names.size(), version.length); i++) {
                orElse(message, names.get(i), version[i]);
            }
            needed(message, "message", "version", "release");
            orElse(message, "agency", "UN");
        }
        return message;
    }

    private ObjectNode interchange(JsonNode said) throws FormatException {
        ObjectNode outer = copy(said, "interchange");
        orElse(outer, "sender", edi.sender());
        orElse(outer, "senderQualifier", edi.senderQualifier());
        orElse(outer, "recipient", edi.recipient());
        orElse(outer, "recipientQualifier", edi.recipientQualifier());
        orElse(outer, "time", now.format(TIME));
        needed(outer, "interchange", "sender", "recipient");
        if (edifact) {
            orElse(outer, "syntax", edi.syntax());
            orElse(outer, "syntaxVersion", edi.syntaxVersion());
            orElse(
                    outer,
                    "date",
                    now.format(outer.path("syntaxVersion").asText().equals("4") ? LONG : SHORT));
            orElse(outer, "test", edi.test() ? "1" : null);
            syntax(outer);
            EdiHeader.UNB.elements(outer);
            return outer;
        }
        return isa(outer);
    }

    /** All elements of ISA have a fixed width. */
    private ObjectNode isa(ObjectNode outer) throws FormatException {
        String version = edi.version() == null ? "004010" : edi.version();
        orElse(outer, "authorizationQualifier", "00");
        orElse(outer, "authorization", "");
        orElse(outer, "securityQualifier", "00");
        orElse(outer, "security", "");
        orElse(outer, "senderQualifier", "ZZ");
        orElse(outer, "recipientQualifier", "ZZ");
        orElse(outer, "date", now.format(SHORT));
        orElse(outer, "version", version.startsWith("005") ? "00501" : "00401");
        outer.put("repetition", repeats(outer) ? "^" : "U");
        orElse(outer, "acknowledge", "0");
        orElse(outer, "usage", edi.test() ? "T" : "P");
        outer.put("component", edi.separators() == null ? ":" : edi.separators().substring(0, 1));
        Map<String, Integer> widths = Map.of(
                "authorization",
                10,
                "security",
                10,
                "sender",
                15,
                "recipient",
                15,
                "senderQualifier",
                2,
                "recipientQualifier",
                2);
        narrow(outer);
        for (Map.Entry<String, Integer> width : widths.entrySet()) {
            String text = outer.path(width.getKey()).asText();
            if (text.length() > width.getValue()) {
                throw FormatException.refused("has an interchange." + width.getKey() + " of " + text.length()
                        + " characters, and ISA holds " + width.getValue());
            }
            outer.put(width.getKey(), text + " ".repeat(width.getValue() - text.length()));
        }
        String said = outer.path("reference").asText();
        if (!(said.isEmpty() ? edi.reference() : said).matches("[0-9]{1,9}")) {
            throw FormatException.refused("has an interchange.reference that is no number of up to 9 digits (ISA13)");
        }
        if (!said.isEmpty()) {
            outer.put("reference", padded(said));
        }
        EdiHeader.ISA.elements(outer);
        return outer;
    }

    /** Readers find the end of ISA by its bytes. */
    private void narrow(ObjectNode outer) throws FormatException {
        for (Map.Entry<String, JsonNode> one : outer.properties()) {
            String text = one.getValue().asText();
            if (Encoded.plain(charset) && text.getBytes(charset).length > text.length()) {
                throw FormatException.refused("has an interchange." + one.getKey()
                        + " with a character that takes several bytes in " + charset
                        + ", and the places of ISA hold one each ('charset' can name another one, like ISO-8859-1)");
            }
        }
    }

    private ObjectNode group(JsonNode said, ObjectNode message) throws FormatException {
        ObjectNode inner = copy(said, "group");
        if (edifact) {
            if (said.isObject()) {
                EdiHeader.UNG.elements(inner);
            }
            return inner;
        }
        String type = message.path("type").asText();
        orElse(inner, "function", edi.function() == null ? FUNCTIONS.get(type) : edi.function());
        if (!inner.hasNonNull("function")) {
            throw FormatException.refused("says no group.function for a message of this type (edi.function)");
        }
        orElse(inner, "sender", edi.sender());
        orElse(inner, "recipient", edi.recipient());
        needed(inner, "group", "sender", "recipient");
        orElse(inner, "date", now.format(LONG));
        orElse(inner, "time", now.format(TIME));
        orElse(inner, "agency", "X");
        orElse(inner, "version", edi.version() == null ? "004010" : edi.version());
        EdiHeader.GS.elements(inner);
        return inner;
    }

    private void endGroup() throws IOException {
        EdiSegments to = segments;
        if (inGroup && to != null) {
            to.plain(
                    edifact ? "UNE" : "GE",
                    List.of(String.valueOf(inThisGroup), group.path("reference").asText()));
        }
        inGroup = false;
    }

    private void endInterchange() throws IOException {
        EdiSegments to = segments;
        if (to == null) {
            return;
        }
        endGroup();
        int count = groups > 0 ? groups : inInterchange;
        to.plain(
                edifact ? "UNZ" : "IEA",
                List.of(String.valueOf(count), interchange.path("reference").asText()));
        to.close();
        segments = null;
    }

    @Override
    public void close() throws IOException {
        endInterchange();
        out.flush();
    }
}
